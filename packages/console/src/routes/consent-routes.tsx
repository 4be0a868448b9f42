import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { FindCard } from "../features/consent/find-card.tsx";
import { PersonPage } from "../features/consent/person-page.tsx";
import { VerifyCard } from "../features/consent/verify-card.tsx";
import { SignOutButton } from "../features/identity/sign-out-button.tsx";
import { Frame } from "../layout/frame.tsx";
import { Refused } from "../layout/trouble.tsx";
import { useTitle } from "../layout/use-title.ts";
import { useMember } from "../platform/member-context.tsx";
import { ConsentViews } from "./consent-views.tsx";
import { ConsoleNavigation } from "./console-navigation.tsx";
import { memberRoute } from "./member-route.tsx";
import { PersonViews } from "./person-views.tsx";

const getParentRoute = () => memberRoute;

const ledgerRoute = createRoute({ getParentRoute, path: "/consent", component: Ledger });

const personRoute = createRoute({
  getParentRoute,
  path: "/people/$contactId/consent",
  component: () => {
    const { contactId } = personRoute.useParams();
    return (
      <Page>
        <PersonViews contactId={contactId} />
        <PersonPage key={contactId} contactId={contactId} />
      </Page>
    );
  },
});

/** The evidence of consent: of everybody, and of one person. */
export const consentRoutes = [ledgerRoute, personRoute] as const;

function Ledger(): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  useTitle(t("console.consent.title"));
  return (
    <Page>
      <h1 tabIndex={-1} className="mb-4 text-xl font-semibold">
        {t("console.consent.title")}
      </h1>
      <ConsentViews />
      {role === "admin" ? (
        <div className="grid items-start gap-4 xl:grid-cols-2">
          <FindCard />
          <VerifyCard />
        </div>
      ) : (
        <Refused code="identity.not_allowed" role={role} />
      )}
    </Page>
  );
}

function Page({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Frame member={useMember()} navigation={<ConsoleNavigation />} signOut={<SignOutButton />}>
      {children}
    </Frame>
  );
}
