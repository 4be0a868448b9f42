import { consentPage } from "../platform/consent-page.ts";
import { APP_NAME, HUB_DOMAIN, PORTAL_ID } from "./identity.ts";
import { SCOPES } from "./scopes.ts";

/** The page on which a person lets the app into the portal, or does not. `query` is that of the request. */
export function portalConsentPage(scopes: readonly string[], query: Readonly<Record<string, string>>): string {
  return consentPage({
    title: `Connect ${APP_NAME}`,
    heading: `Connect app ${APP_NAME} to ${HUB_DOMAIN}`,
    intro: `Portal ${PORTAL_ID}. The app will be able to:`,
    asked: scopes.map((scope) => ({ label: SCOPES[scope] ?? scope, scope })),
    query,
    approve: "Approve",
    cancel: "Cancel",
  });
}
