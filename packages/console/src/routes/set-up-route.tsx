import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute, redirect } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SetUpForm } from "../features/identity/set-up-form.tsx";
import { useSignedIn } from "../features/identity/session.ts";
import { SinglePage } from "../layout/single-page.tsx";
import { statusQuery } from "../platform/visitor.ts";
import { rootRoute } from "./root-route.tsx";

/** The first run of a server. Afterwards this page leads to the sign-in. */
export const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/set-up",
  beforeLoad: async ({ context: { services, queryClient } }) => {
    const status = await queryClient.ensureQueryData(statusQuery(services));
    if (status.setUp) throw redirect({ to: "/sign-in", search: { back: "/" }, replace: true });
  },
  component: SetUpPage,
});

function SetUpPage(): ReactNode {
  const { t } = useWords();
  const signedIn = useSignedIn();
  return (
    <SinglePage title={t("console.set_up.title")}>
      <p className="text-muted">{t("console.set_up.text")}</p>
      <SetUpForm onSignedIn={() => void signedIn("/")} />
    </SinglePage>
  );
}
