import { roleAllows } from "@aparte/core/roles.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { ViewLinks } from "../../layout/view-links.tsx";
import { channelsQuery } from "../../platform/channels-query.ts";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";

const views = [
  { to: "/numbers/$channelId", word: "console.number.health" },
  { to: "/numbers/$channelId/profile", word: "console.profile.title" },
  { to: "/numbers/$channelId/starters", word: "console.starters.title" },
  { to: "/numbers/$channelId/codes", word: "console.codes.title" },
] as const;

/** What stands above every page of one number: which one it is, and its other pages. For managers and admins. */
export function NumberFrame(props: { readonly channelId: string; readonly children: ReactNode }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const channels = useQuery(channelsQuery(useServices()));
  const channel = channels.data?.find(({ id }) => id === props.channelId);
  const refused = channels.data && (roleAllows(role, "manager") ? null : "identity.not_allowed");
  return (
    <>
      <h1 tabIndex={-1} className="text-xl font-semibold tabular-nums">
        {channel ? <bdi dir="ltr">{channel.displayPhoneNumber}</bdi> : t("console.channels.title")}
      </h1>
      <p className="min-h-5 text-muted">{channel?.verifiedName}</p>
      {channels.isError ? <Failure error={channels.error} onRetry={() => void channels.refetch()} /> : null}
      {channels.isPending ? <Skeleton className="h-64 w-full" /> : null}
      {refused ? <Refused code={refused} role={role} /> : null}
      {channels.data && !refused && !channel ? <Refused code="channels.not_found" role={role} /> : null}
      {channel && !refused ? (
        <>
          <ViewLinks label={t("console.number.views")} views={views} params={{ channelId: channel.id }} />
          {props.children}
        </>
      ) : null}
    </>
  );
}
