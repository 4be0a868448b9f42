import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SignOutButton } from "../features/identity/sign-out-button.tsx";
import { LibraryPage } from "../features/templates/library-page.tsx";
import { Frame } from "../layout/frame.tsx";
import { Refused } from "../layout/trouble.tsx";
import { useTitle } from "../layout/use-title.ts";
import { useMember } from "../platform/member-context.tsx";
import { ConsoleNavigation } from "./console-navigation.tsx";
import { memberRoute } from "./member-route.tsx";

export const templateLibraryRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: "/templates/library",
  validateSearch: (search): { readonly number?: string } =>
    typeof search.number === "string" && search.number !== "" ? { number: search.number } : {},
  component: TemplateLibrary,
});

function TemplateLibrary(): ReactNode {
  const { t } = useWords();
  const member = useMember();
  const { number } = templateLibraryRoute.useSearch();
  useTitle(t("console.templates.library"));
  return (
    <Frame member={member} navigation={<ConsoleNavigation />} signOut={<SignOutButton />}>
      {member.role === "admin" ? (
        <LibraryPage number={number ?? null} />
      ) : (
        <Refused code="identity.not_allowed" role={member.role} />
      )}
    </Frame>
  );
}
