import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ConnectBrowser } from "../features/identity/connect-browser.tsx";
import { SinglePage } from "../layout/single-page.tsx";
import { memberRoute } from "./member-route.tsx";

/** Where the extension sends people to approve its sign-in. */
export const connectRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: "/connect",
  validateSearch: (search): { readonly user_code: string } => ({
    user_code: typeof search.user_code === "string" ? search.user_code : "",
  }),
  component: ConnectPage,
});

function ConnectPage(): ReactNode {
  const { t } = useWords();
  const { user_code: userCode } = connectRoute.useSearch();
  return (
    <SinglePage title={t("console.connect.title")}>
      {userCode === "" ? <p>{t("console.connect.no_code")}</p> : <ConnectBrowser userCode={userCode} />}
    </SinglePage>
  );
}
