import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ChannelsCard } from "../features/channels/channels-card.tsx";
import { CrmCard } from "../features/crm/crm-card.tsx";
import type { ConnectReturn } from "../features/crm/return-notice.tsx";
import { PeopleCard } from "../features/identity/people-card.tsx";
import { SignOutButton } from "../features/identity/sign-out-button.tsx";
import { TemplatesCard, type TemplatesAddress } from "../features/templates/templates-card.tsx";
import { UnknownCard } from "../features/webhooks/unknown-card.tsx";
import { Frame } from "../layout/frame.tsx";
import { useTitle } from "../layout/use-title.ts";
import { useMember } from "../platform/member-context.tsx";
import { memberRoute } from "./member-route.tsx";
import { OverviewNavigation } from "./overview-navigation.tsx";
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
  const change = (changed: OverviewSearch): void => {
    void navigate({ search: changed, hash: true, replace: true, resetScroll: false });
  };
  return (
    <Frame member={member} navigation={<OverviewNavigation />} signOut={<SignOutButton />}>
      <h1 tabIndex={-1} className="mb-4 text-xl font-semibold">
        {t("console.overview.title")}
      </h1>
      <div className="grid gap-4 xl:grid-cols-2">
        <ChannelsCard id="number" />
        <CrmCard id="crm" returned={returnOf(search)} onReturnSeen={() => change(withoutReturn(search))} />
        <div className="flex min-w-0 flex-col gap-4 xl:col-span-2">
          <TemplatesCard
            id="templates"
            address={templatesAddress(search)}
            onAddress={(address) => change({ ...withoutTemplates(search), ...templatesSearch(address) })}
          />
          <PeopleCard id="people" />
          {member.role === "admin" ? <UnknownCard id="unknown" /> : null}
        </div>
      </div>
    </Frame>
  );
}

function returnOf({ crm, reason }: OverviewSearch): ConnectReturn | null {
  if (crm === undefined) return null;
  return crm === "connected" ? { ok: true } : { ok: false, reason: reason ?? "crm.oauth_failed" };
}

function withoutReturn({ crm: _crm, reason: _reason, ...rest }: OverviewSearch): OverviewSearch {
  return rest;
}

function templatesAddress({ search, status, template, number }: OverviewSearch): TemplatesAddress {
  return { search: search ?? "", status: status ?? null, template: template ?? null, channel: number ?? null };
}

function withoutTemplates({ crm, reason }: OverviewSearch): OverviewSearch {
  return { ...(crm ? { crm } : {}), ...(reason ? { reason } : {}) };
}

function templatesSearch({ search, status, template, channel }: TemplatesAddress): OverviewSearch {
  return {
    ...(search === "" ? {} : { search }),
    ...(status === null ? {} : { status }),
    ...(template === null ? {} : { template }),
    ...(channel === null ? {} : { number: channel }),
  };
}
