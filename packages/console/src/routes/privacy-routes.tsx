import type { WordKey } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { FindCard } from "../features/consent/find-card.tsx";
import { SignOutButton } from "../features/identity/sign-out-button.tsx";
import { PersonPage } from "../features/privacy/person-page.tsx";
import { ColleagueCard } from "../features/privacy/reads-card.tsx";
import { RegisterPage } from "../features/privacy/register-page.tsx";
import { RetentionPage } from "../features/privacy/retention-page.tsx";
import { Frame } from "../layout/frame.tsx";
import { Refused } from "../layout/trouble.tsx";
import { useTitle } from "../layout/use-title.ts";
import { ViewLinks } from "../layout/view-links.tsx";
import { useMember } from "../platform/member-context.tsx";
import { ConsoleNavigation } from "./console-navigation.tsx";
import { memberRoute } from "./member-route.tsx";
import { PersonViews } from "./person-views.tsx";

const getParentRoute = () => memberRoute;

const peopleRoute = createRoute({
  getParentRoute,
  path: "/privacy",
  component: () => <View title="console.privacy.title" page={People} />,
});

const retentionRoute = createRoute({
  getParentRoute,
  path: "/privacy/retention",
  component: () => <View title="console.privacy.view_retention" page={RetentionPage} />,
});

const registerRoute = createRoute({
  getParentRoute,
  path: "/privacy/register",
  component: () => <View title="console.privacy.view_register" page={RegisterPage} />,
});

const personRoute = createRoute({
  getParentRoute,
  path: "/people/$contactId/privacy",
  component: () => {
    const { contactId } = personRoute.useParams();
    return (
      <Frame member={useMember()} navigation={<ConsoleNavigation />} signOut={<SignOutButton />}>
        <PersonViews contactId={contactId} />
        <PersonPage key={contactId} contactId={contactId} />
      </Frame>
    );
  },
});

/** What answers to people's rights: of everybody, and of one person. For administrators. */
export const privacyRoutes = [peopleRoute, retentionRoute, registerRoute, personRoute] as const;

const views = [
  { to: "/privacy", word: "console.privacy.view_people" },
  { to: "/privacy/retention", word: "console.privacy.view_retention" },
  { to: "/privacy/register", word: "console.privacy.view_register" },
] as const;

function View({ title, page: Page }: { readonly title: WordKey; readonly page: () => ReactNode }): ReactNode {
  const { t } = useWords();
  const member = useMember();
  useTitle(t(title));
  return (
    <Frame member={member} navigation={<ConsoleNavigation />} signOut={<SignOutButton />}>
      <h1 tabIndex={-1} className="text-xl font-semibold">
        {t("console.privacy.title")}
      </h1>
      {member.role === "admin" ? (
        <>
          <ViewLinks label={t("console.privacy.views")} views={views} params={{}} />
          <Page />
        </>
      ) : (
        <Refused code="identity.not_allowed" role={member.role} />
      )}
    </Frame>
  );
}

function People(): ReactNode {
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <FindCard to="/people/$contactId/privacy" />
      <ColleagueCard />
    </div>
  );
}
