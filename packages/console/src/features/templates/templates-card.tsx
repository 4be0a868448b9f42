import type { ChannelView } from "@aparte/core/record-view.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field, Select } from "@aparte/ui/field.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { MessageSquareText } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { channelsQuery } from "../../platform/channels-query.ts";
import { useServices } from "../../platform/services.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { SyncButton } from "./sync-button.tsx";
import { TemplateBrowser, type TemplateChoice } from "./template-browser.tsx";

/** What the page's address says of this card. `channel` is the number whose templates are shown; null for the first. */
export type TemplatesAddress = TemplateChoice & { readonly channel: string | null };

/** The templates of a number's account. */
export function TemplatesCard(props: {
  readonly id: string;
  readonly address: TemplatesAddress;
  readonly onAddress: (address: TemplatesAddress) => void;
}): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const { address, onAddress } = props;
  const channels = useQuery(channelsQuery(useServices()));
  const channel = channels.data?.find(({ id }) => id === address.channel) ?? channels.data?.[0];
  return (
    <Card
      id={props.id}
      title={t("console.templates.title")}
      icon={<MessageSquareText aria-hidden="true" size={18} />}
      actions={channel && role === "admin" ? <SyncButton key={channel.id} channelId={channel.id} /> : null}
    >
      {channels.data && channels.data.length > 1 && channel ? (
        <ChannelChoice
          channels={channels.data}
          chosen={channel.id}
          onChoose={(id) => onAddress({ ...address, channel: id, template: null })}
        />
      ) : null}
      {channels.data?.length === 0 ? <p className="text-muted">{t("console.templates.no_number")}</p> : null}
      {channel ? (
        <Templates
          key={channel.id}
          channelId={channel.id}
          choice={address}
          onChoice={(choice) => onAddress({ ...address, ...choice })}
        />
      ) : null}
    </Card>
  );
}

function Templates(props: {
  readonly channelId: string;
  readonly choice: TemplateChoice;
  readonly onChoice: (choice: TemplateChoice) => void;
}): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const { api } = useServices();
  const { channelId } = props;
  const templates = useQuery({
    queryKey: ["templates", channelId],
    queryFn: () => api.templates.list.query({ channelId }),
    // A number that was just connected brings its templates by itself, a moment later.
    refetchInterval: ({ state }) => (state.data?.length === 0 ? 5000 : false),
  });
  if (templates.isError) return <Failure error={templates.error} onRetry={() => void templates.refetch()} />;
  if (templates.isPending) return <Skeleton className="h-64 w-full" />;
  if (templates.data.length === 0) {
    return (
      <p className="max-w-prose text-muted">
        {t(role === "admin" ? "console.templates.none" : "console.templates.none_for_others")}
      </p>
    );
  }
  return <TemplateBrowser templates={templates.data} choice={props.choice} onChoice={props.onChoice} />;
}

function ChannelChoice(props: {
  readonly channels: readonly ChannelView[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <Field label={t("console.channels.title")}>
      {(control) => (
        <Select
          {...control}
          className="max-w-md"
          value={props.chosen}
          onChange={(event) => props.onChoose(event.target.value)}
        >
          {props.channels.map(({ id, displayPhoneNumber, verifiedName }) => (
            <option key={id} value={id}>
              {`${displayPhoneNumber} · ${verifiedName}`}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
