import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SignOutButton } from "../features/identity/sign-out-button.tsx";
import { PricingPage } from "../features/pricing/pricing-page.tsx";
import { Frame } from "../layout/frame.tsx";
import { useTitle } from "../layout/use-title.ts";
import { useMember } from "../platform/member-context.tsx";
import { ConsoleNavigation } from "./console-navigation.tsx";
import { memberRoute } from "./member-route.tsx";

export const pricingRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: "/rates",
  component: Pricing,
});

function Pricing(): ReactNode {
  const { t } = useWords();
  useTitle(t("console.pricing.title"));
  return (
    <Frame member={useMember()} navigation={<ConsoleNavigation />} signOut={<SignOutButton />}>
      <PricingPage />
    </Frame>
  );
}
