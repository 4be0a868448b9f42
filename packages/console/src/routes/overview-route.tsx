import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ChannelsCard } from "../features/channels/channels-card.tsx";
import { CrmCard } from "../features/crm/crm-card.tsx";
import type { ConnectReturn } from "../features/crm/return-notice.tsx";
import { PeopleCard } from "../features/identity/people-card.tsx";
import { SignOutButton } from "../features/identity/sign-out-button.tsx";
import { ProblemsCard } from "../features/webhooks/problems-card.tsx";
import { UnknownCard } from "../features/webhooks/unknown-card.tsx";
import { Frame } from "../layout/frame.tsx";
import { useTitle } from "../layout/use-title.ts";
import { useMember } from "../platform/member-context.tsx";
import { ConsoleNavigation } from "./console-navigation.tsx";
import { memberRoute } from "./member-route.tsx";
import { readOverviewSearch, type OverviewSearch } from "./overview-search.ts";

export const overviewRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: "/",
  validateSearch: readOverviewSearch,
  component: OverviewPage,
});

function OverviewPage(): ReactNode {
  const { t } = useWords();
  const member = useMember();
  const search = overviewRoute.useSearch();
  const navigate = overviewRoute.useNavigate();
  useTitle(t("console.overview.title"));
  const forgetReturn = (): void => {
    void navigate({ search: {}, hash: true, replace: true, resetScroll: false });
  };
  return (
    <Frame member={member} navigation={<ConsoleNavigation />} signOut={<SignOutButton />}>
      <h1 tabIndex={-1} className="mb-4 text-xl font-semibold">
        {t("console.overview.title")}
      </h1>
      <div className="grid items-start gap-4 xl:grid-cols-2 xl:grid-rows-[auto_1fr]">
        <ChannelsCard id="number" />
        <div className="min-w-0 xl:row-span-2">
          <CrmCard id="crm" returned={returnOf(search)} onReturnSeen={forgetReturn} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <PeopleCard id="people" />
          {member.role === "admin" ? (
            <>
              <UnknownCard id="unknown" />
              <ProblemsCard id="problems" />
            </>
          ) : null}
        </div>
      </div>
    </Frame>
  );
}

function returnOf({ crm, reason }: OverviewSearch): ConnectReturn | null {
  if (crm === undefined) return null;
  return crm === "connected" ? { ok: true } : { ok: false, reason: reason ?? "crm.oauth_failed" };
}
