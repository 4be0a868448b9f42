import type { WordKey } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ConsentPage } from "../features/crm/consent-page.tsx";
import type { CrmConnection } from "../features/crm/connections-query.ts";
import { CrmFrame } from "../features/crm/crm-frame.tsx";
import { HealthPage } from "../features/crm/health-page.tsx";
import { SettingsPage } from "../features/crm/settings-page.tsx";
import { SignOutButton } from "../features/identity/sign-out-button.tsx";
import { Frame } from "../layout/frame.tsx";
import { useTitle } from "../layout/use-title.ts";
import { useMember } from "../platform/member-context.tsx";
import { ConsoleNavigation } from "./console-navigation.tsx";
import { memberRoute } from "./member-route.tsx";

const getParentRoute = () => memberRoute;

const healthRoute = createRoute({
  getParentRoute,
  path: "/crm/$connectionId",
  component: () => (
    <View title="console.crm.health" connectionId={healthRoute.useParams().connectionId} page={HealthPage} />
  ),
});

const settingsRoute = createRoute({
  getParentRoute,
  path: "/crm/$connectionId/settings",
  component: () => (
    <View title="console.crm.settings" connectionId={settingsRoute.useParams().connectionId} page={SettingsPage} />
  ),
});

const consentRoute = createRoute({
  getParentRoute,
  path: "/crm/$connectionId/consent",
  component: () => (
    <View title="console.crm.consent" connectionId={consentRoute.useParams().connectionId} page={ConsentPage} />
  ),
});

/** The pages of one connection to a CRM. */
export const crmRoutes = [healthRoute, settingsRoute, consentRoute] as const;

function View(props: {
  readonly title: WordKey;
  readonly connectionId: string;
  readonly page: (props: { readonly connection: CrmConnection }) => ReactNode;
}): ReactNode {
  const { t } = useWords();
  const { title, connectionId, page: Page } = props;
  useTitle(t(title));
  return (
    <Frame member={useMember()} navigation={<ConsoleNavigation />} signOut={<SignOutButton />}>
      <CrmFrame key={connectionId} connectionId={connectionId}>
        {(connection) => <Page connection={connection} />}
      </CrmFrame>
    </Frame>
  );
}
