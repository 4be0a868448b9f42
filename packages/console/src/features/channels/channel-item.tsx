import type { ChannelView } from "@aparte/core/record-view.ts";
import { roleAllows } from "@aparte/core/roles.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { linkLook } from "../../layout/link-look.ts";
import { StateLabel } from "../../layout/state-label.tsx";
import { Failure, Refused, Trouble } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { qualityMoods } from "./quality.ts";

/** One number: what it is called, whether it can send, and how WhatsApp rates it. */
export function ChannelItem(props: { readonly channel: ChannelView; readonly onReconnect: () => void }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const { channel } = props;
  return (
    <article
      aria-label={channel.displayPhoneNumber}
      className="flex flex-col gap-4 border-line not-first-of-type:border-t not-first-of-type:pt-4"
    >
      <div>
        <p className="text-xl font-semibold tabular-nums">
          <bdi dir="ltr">{channel.displayPhoneNumber}</bdi>
        </p>
        <p className="text-muted">{channel.verifiedName}</p>
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        <dt className="text-muted">{t("console.channels.state")}</dt>
        <dd>
          <StateLabel mood={channel.usable ? "good" : "bad"}>
            {t(channel.usable ? "console.channels.can_send" : "console.channels.cannot_send")}
          </StateLabel>
        </dd>
        <dt className="text-muted">{t("console.channels.quality")}</dt>
        <dd>
          <StateLabel mood={qualityMoods[channel.qualityRating]}>
            {t(`console.channels.quality_${channel.qualityRating}`)}
          </StateLabel>
          <p className="mt-0.5 text-sm text-muted">{t(`console.channels.quality_${channel.qualityRating}_text`)}</p>
        </dd>
      </dl>
      {channel.usable ? null : (
        <Trouble
          code={channel.problem ?? "channels.unusable"}
          role={role}
          actions={
            role === "admin" && channel.problem === "channels.token_invalid" ? (
              <Button onClick={props.onReconnect}>{t("console.channels.reconnect")}</Button>
            ) : null
          }
        />
      )}
      <div className="flex flex-wrap items-end gap-x-2 gap-y-3">
        {roleAllows(role, "manager") ? (
          <Link to="/numbers/$channelId" params={{ channelId: channel.id }} className={linkLook}>
            {t("console.number.open")}
          </Link>
        ) : null}
        {role === "admin" ? <Refresh channel={channel} /> : null}
      </div>
    </article>
  );
}

/** Asks Meta how the number stands. */
function Refresh({ channel }: { readonly channel: ChannelView }): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const refresh = useMutation({ mutationFn: () => api.channels.refresh.mutate({ channelId: channel.id }) });
  return (
    <div className="flex flex-col items-start gap-3">
      {refresh.data?.ok === false ? <Refused code={refresh.data.refused} role="admin" /> : null}
      {refresh.error ? <Failure error={refresh.error} /> : null}
      <div className="flex flex-wrap items-center gap-3">
        <ActionButton busy={refresh.isPending} onPress={() => refresh.mutate()}>
          <RefreshCw aria-hidden="true" size={16} />
          {t("console.channels.refresh")}
        </ActionButton>
        <p role="status" className="text-sm text-muted">
          {refresh.isPending ? t("console.channels.refreshing") : ""}
          {refresh.data?.ok ? t("console.channels.refreshed") : ""}
        </p>
      </div>
    </div>
  );
}
