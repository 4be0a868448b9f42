import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute, Outlet, redirect } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SignOutButton } from "../features/identity/sign-out-button.tsx";
import { SinglePage } from "../layout/single-page.tsx";
import { MemberProvider } from "../platform/member-context.tsx";
import { visitorQuery } from "../platform/visitor.ts";
import { rootRoute } from "./root-route.tsx";

/** What only members reach. Everyone else is led to the sign-in and back from there. */
export const memberRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "member",
  beforeLoad: async ({ context: { services, queryClient }, location }) => {
    const visitor = await queryClient.ensureQueryData(visitorQuery(services));
    if (visitor.state === "signed_out") {
      throw redirect({ to: "/sign-in", search: { back: location.href }, replace: true });
    }
    return { visitor };
  },
  component: MembersOnly,
});

function MembersOnly(): ReactNode {
  const { visitor } = memberRoute.useRouteContext();
  return visitor.state === "member" ? (
    <MemberProvider member={visitor.member}>
      <Outlet />
    </MemberProvider>
  ) : (
    <StrangerPage />
  );
}

/** Signed in, but nobody's colleague here (any more). */
function StrangerPage(): ReactNode {
  const { t } = useWords();
  return (
    <SinglePage title={t("console.stranger.title")}>
      <p>{t("console.stranger.text")}</p>
      <SignOutButton />
    </SinglePage>
  );
}
