import { roleAllows } from "@aparte/core/roles.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Failure, Refused } from "../../layout/trouble.tsx";
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
          <NumberViews channelId={channel.id} />
          {props.children}
        </>
      ) : null}
    </>
  );
}

function NumberViews({ channelId }: { readonly channelId: string }): ReactNode {
  const { t } = useWords();
  return (
    <nav aria-label={t("console.number.views")} className="mt-3 mb-4 border-b border-line">
      <ul className="-mb-px flex flex-wrap gap-x-5">
        {views.map(({ to, word }) => (
          <li key={to}>
            <Link
              to={to}
              params={{ channelId }}
              activeOptions={{ exact: true }}
              className="group flex min-h-9 items-center font-semibold text-muted hover:text-text aria-[current=page]:text-text"
            >
              <span
                className={clsx(
                  "flex min-h-9 items-center border-b-2 border-transparent",
                  "group-hover:border-edge group-aria-[current=page]:border-brand",
                )}
              >
                {t(word)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
