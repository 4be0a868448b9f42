import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute, redirect } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SignInForm } from "../features/identity/sign-in-form.tsx";
import { useSignedIn } from "../features/identity/session.ts";
import { SinglePage } from "../layout/single-page.tsx";
import { safePath } from "../platform/safe-path.ts";
import { statusQuery, visitorQuery } from "../platform/visitor.ts";
import { rootRoute } from "./root-route.tsx";

/** `back` is the page that asked for the sign-in. */
export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: (search): { readonly back: string } => ({ back: safePath(search.back, location.origin) }),
  beforeLoad: async ({ context: { services, queryClient }, search }) => {
    const visitor = await queryClient.ensureQueryData(visitorQuery(services));
    if (visitor.state !== "signed_out") throw redirect({ href: search.back, replace: true });
    const status = await queryClient.ensureQueryData(statusQuery(services));
    if (!status.setUp) throw redirect({ to: "/set-up", replace: true });
  },
  component: SignInPage,
});

function SignInPage(): ReactNode {
  const { t } = useWords();
  const { back } = signInRoute.useSearch();
  const signedIn = useSignedIn();
  return (
    <SinglePage title={t("console.sign_in.title")}>
      <SignInForm onSignedIn={() => void signedIn(back)} />
      <p className="text-sm text-muted">{t("console.sign_in.no_account")}</p>
    </SinglePage>
  );
}
