import type { ChannelView } from "@aparte/core/record-view.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { Smartphone } from "lucide-react";
import { useState, type ReactNode } from "react";
import { changeCard } from "../../layout/card-focus.ts";
import { Card } from "../../layout/card.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { channelsQuery } from "../../platform/channels-query.ts";
import { useServices } from "../../platform/services.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { ChannelItem } from "./channel-item.tsx";
import { ConnectNumber } from "./connect-number.tsx";

/** The numbers that messages leave from: whether they can, and what to do when they cannot. */
export function ChannelsCard({ id }: { readonly id: string }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const channels = useQuery(channelsQuery(useServices()));
  const [connecting, setConnecting] = useState(false);
  const [connected, setConnected] = useState<ChannelView | null>(null);
  const connect = (): void => {
    setConnected(null);
    setConnecting(true);
  };
  const done = (channel: ChannelView): void =>
    changeCard(id, () => {
      setConnected(channel);
      setConnecting(false);
    });
  return (
    <Card
      id={id}
      title={t("console.channels.title")}
      icon={<Smartphone aria-hidden="true" size={18} />}
      actions={
        role === "admin" && channels.data && channels.data.length > 0 ? (
          <Button onClick={connect}>{t("console.channels.connect_another")}</Button>
        ) : null
      }
    >
      {channels.isError ? <Failure error={channels.error} onRetry={() => void channels.refetch()} /> : null}
      {channels.isPending ? <Skeleton className="h-28 w-full" /> : null}
      {channels.data?.length === 0 ? <NoNumber onConnected={done} /> : null}
      {channels.data?.map((channel) => (
        <ChannelItem key={channel.id} channel={channel} onReconnect={connect} />
      ))}
      <p role="status" className="text-sm text-muted empty:hidden">
        {connected ? t("console.channels.connected", { number: connected.displayPhoneNumber }) : ""}
      </p>
      {connecting ? (
        <Dialog title={t("console.channels.connect")} onClose={() => setConnecting(false)}>
          <ConnectNumber onConnected={done} onCancel={() => setConnecting(false)} />
        </Dialog>
      ) : null}
    </Card>
  );
}

function NoNumber({ onConnected }: { readonly onConnected: (channel: ChannelView) => void }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  if (role !== "admin") return <p className="text-muted">{t("console.channels.none_for_others")}</p>;
  return (
    <>
      <p className="max-w-prose text-muted">{t("console.channels.none")}</p>
      <ConnectNumber onConnected={onConnected} onCancel={null} />
    </>
  );
}
