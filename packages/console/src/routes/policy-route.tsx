import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { PolicyPage } from "../features/consent/policy-page.tsx";
import { SignOutButton } from "../features/identity/sign-out-button.tsx";
import { Frame } from "../layout/frame.tsx";
import { useTitle } from "../layout/use-title.ts";
import { useMember } from "../platform/member-context.tsx";
import { ConsentViews } from "./consent-views.tsx";
import { ConsoleNavigation } from "./console-navigation.tsx";
import { memberRoute } from "./member-route.tsx";

export const policyRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: "/consent/policies",
  component: Policies,
});

function Policies(): ReactNode {
  const { t } = useWords();
  useTitle(t("console.policy.title"));
  return (
    <Frame member={useMember()} navigation={<ConsoleNavigation />} signOut={<SignOutButton />}>
      <h1 tabIndex={-1} className="text-xl font-semibold">
        {t("console.policy.title")}
      </h1>
      <ConsentViews />
      <PolicyPage />
    </Frame>
  );
}
