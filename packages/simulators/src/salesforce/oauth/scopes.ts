/** The scopes that the app may ask for, in the words of the consent page. */
export const SCOPES: Readonly<Record<string, string>> = {
  api: "Manage user data via APIs",
  refresh_token: "Perform requests at any time",
  offline_access: "Perform requests at any time",
  openid: "Access unique user identifiers",
  id: "Access the identity URL service",
  profile: "Access profile information",
  email: "Access the email address",
};

/** With one of these an approval brings a refresh token. */
const LASTING: readonly string[] = ["refresh_token", "offline_access"];

export const isLasting = (scopes: readonly string[]): boolean => scopes.some((scope) => LASTING.includes(scope));

/** What a flow without a person may do: all that the app may, save staying signed in. */
export const SCOPES_WITHOUT_REFRESH: readonly string[] = Object.keys(SCOPES).filter(
  (scope) => !LASTING.includes(scope),
);
