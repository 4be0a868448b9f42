import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Library, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { brandLinkLook, linkLook } from "../../layout/link-look.ts";
import { Failure } from "../../layout/trouble.tsx";
import { channelsQuery } from "../../platform/channels-query.ts";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { ChannelChoice } from "./channel-choice.tsx";
import { DraftList } from "./draft-list.tsx";
import { SyncButton } from "./sync-button.tsx";
import { TemplateBrowser, type TemplateChoice } from "./template-browser.tsx";
import { templatesQuery } from "./templates-query.ts";

/** What the page's address says. `number` is the channel whose templates are shown; null for the first. */
export type TemplatesAddress = TemplateChoice & { readonly number: string | null };

/** The templates of a number's account, and the ways to new ones. */
export function TemplatesPage(props: {
  readonly address: TemplatesAddress;
  readonly onAddress: (address: TemplatesAddress) => void;
}): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const { address, onAddress } = props;
  const channels = useQuery(channelsQuery(useServices()));
  const channel = channels.data?.find(({ id }) => id === address.number) ?? channels.data?.[0];
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 tabIndex={-1} className="grow text-xl font-semibold">
          {t("console.templates.title")}
        </h1>
        {channel && role === "admin" ? <AdminActions key={channel.id} channelId={channel.id} /> : null}
      </div>
      <div className="flex min-w-0 flex-col gap-4 rounded border border-line bg-card p-4 sm:p-5">
        {channels.data && channels.data.length > 1 && channel ? (
          <ChannelChoice
            channels={channels.data}
            chosen={channel.id}
            onChoose={(id) => onAddress({ ...address, number: id, template: null })}
          />
        ) : null}
        {channels.data?.length === 0 ? <p className="text-muted">{t("console.templates.no_number")}</p> : null}
        {channel ? (
          <>
            {role === "admin" ? <DraftList channelId={channel.id} /> : null}
            <Templates
              key={channel.id}
              channelId={channel.id}
              choice={address}
              onChoice={(choice) => onAddress({ ...choice, number: address.number })}
            />
          </>
        ) : null}
      </div>
    </>
  );
}

function AdminActions({ channelId }: { readonly channelId: string }): ReactNode {
  const { t } = useWords();
  return (
    <>
      <SyncButton channelId={channelId} />
      <Link to="/templates/library" search={{ number: channelId }} className={linkLook}>
        <Library aria-hidden="true" size={16} />
        {t("console.templates.library")}
      </Link>
      <Link to="/templates/write" search={{ number: channelId }} className={brandLinkLook}>
        <Plus aria-hidden="true" size={16} />
        {t("console.templates.new")}
      </Link>
    </>
  );
}

function Templates(props: {
  readonly channelId: string;
  readonly choice: TemplateChoice;
  readonly onChoice: (choice: TemplateChoice) => void;
}): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const templates = useQuery(templatesQuery(useServices(), props.channelId));
  if (templates.isError) return <Failure error={templates.error} onRetry={() => void templates.refetch()} />;
  if (templates.isPending) return <Skeleton className="h-64 w-full" />;
  if (templates.data.length === 0) {
    return (
      <p className="max-w-prose text-muted">
        {t(role === "admin" ? "console.templates.none" : "console.templates.none_for_others")}
      </p>
    );
  }
  return <TemplateBrowser {...props} templates={templates.data} />;
}
