import type { WordKey } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SignOutButton } from "../features/identity/sign-out-button.tsx";
import { JoinsPage } from "../features/joins/joins-page.tsx";
import { PosterPage } from "../features/joins/poster-page.tsx";
import { PreferencesPage } from "../features/preferences/preferences-page.tsx";
import { Frame } from "../layout/frame.tsx";
import { useTitle } from "../layout/use-title.ts";
import { useMember } from "../platform/member-context.tsx";
import { ConsentViews } from "./consent-views.tsx";
import { ConsoleNavigation } from "./console-navigation.tsx";
import { memberRoute } from "./member-route.tsx";

const getParentRoute = () => memberRoute;

const preferencesRoute = createRoute({
  getParentRoute,
  path: "/consent/preferences",
  component: () => <View title="console.preferences.heading" page={PreferencesPage} />,
});

const joinsRoute = createRoute({
  getParentRoute,
  path: "/consent/joins",
  component: () => <View title="console.joins.title" page={JoinsPage} />,
});

const posterRoute = createRoute({ getParentRoute, path: "/consent/joins/$joinId/poster", component: Poster });

/** The pages about how people say yes and no by themselves. */
export const preferenceRoutes = [preferencesRoute, joinsRoute, posterRoute] as const;

function View({ title, page: Page }: { readonly title: WordKey; readonly page: () => ReactNode }): ReactNode {
  const { t } = useWords();
  useTitle(t(title));
  return (
    <Frame member={useMember()} navigation={<ConsoleNavigation />} signOut={<SignOutButton />}>
      <h1 tabIndex={-1} className="text-xl font-semibold">
        {t(title)}
      </h1>
      <ConsentViews />
      <Page />
    </Frame>
  );
}

function Poster(): ReactNode {
  const { t } = useWords();
  useTitle(t("console.joins.poster"));
  return <PosterPage joinId={posterRoute.useParams().joinId} />;
}
