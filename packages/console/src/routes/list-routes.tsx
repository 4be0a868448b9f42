import type { WordKey } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SignOutButton } from "../features/identity/sign-out-button.tsx";
import { ImportPage } from "../features/lists/import-page.tsx";
import { ImportsPage } from "../features/lists/imports-page.tsx";
import { OptOutsPage } from "../features/lists/opt-outs-page.tsx";
import { Frame } from "../layout/frame.tsx";
import { useTitle } from "../layout/use-title.ts";
import { useMember } from "../platform/member-context.tsx";
import { ConsentViews } from "./consent-views.tsx";
import { ConsoleNavigation } from "./console-navigation.tsx";
import { memberRoute } from "./member-route.tsx";

const getParentRoute = () => memberRoute;

const optOutsRoute = createRoute({
  getParentRoute,
  path: "/consent/opt-outs",
  component: () => (
    <View title="console.lists.opt_outs">
      <OptOutsPage />
    </View>
  ),
});

const importsRoute = createRoute({
  getParentRoute,
  path: "/consent/imports",
  component: () => (
    <View title="console.lists.import_consents">
      <ImportsPage />
    </View>
  ),
});

const importRoute = createRoute({
  getParentRoute,
  path: "/consent/imports/$importId",
  component: () => {
    const { importId } = importRoute.useParams();
    return (
      <View title="console.lists.import">
        <ImportPage key={importId} importId={importId} />
      </View>
    );
  },
});

/** The pages of opt-outs, and of files on their way into the ledger. */
export const listRoutes = [optOutsRoute, importsRoute, importRoute] as const;

function View({ title, children }: { readonly title: WordKey; readonly children: ReactNode }): ReactNode {
  const { t } = useWords();
  useTitle(t(title));
  return (
    <Frame member={useMember()} navigation={<ConsoleNavigation />} signOut={<SignOutButton />}>
      <h1 tabIndex={-1} className="text-xl font-semibold">
        {t(title)}
      </h1>
      <ConsentViews />
      {children}
    </Frame>
  );
}
