import { z } from "zod";
import type { AuthorizeRequest, CodeExchange, CrmApp, CrmGrant, CrmPermission, CrmTokens } from "../adapter.ts";
import { outageMs, send } from "../http.ts";
import type { CrmLater, CrmRefusal, CrmResult } from "../outcome.ts";
import { apiOrigin, loginOrigin } from "./hosts.ts";

/** Every right that we ask for: `api` stands for all that the person who connects may do (OAuth scopes, Salesforce Help). */
export const permissions: readonly CrmPermission[] = [
  { scope: "openid", why: "sign_in" },
  { scope: "api", why: "use_as_person" },
  { scope: "refresh_token", why: "stay_connected" },
];

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullable().default(null),
  instance_url: z.string(),
  scope: z.string().default(""),
});
type TokenAnswer = z.infer<typeof tokenAnswer>;

/** OAuth's own errors are an object, unlike those of the API (RFC 6749, 5.2). */
const errorBody = z.object({ error: z.string(), error_description: z.string().optional() });
type OauthError = z.infer<typeof errorBody>;

type OauthAnswer<T> =
  | { readonly outcome: "done"; readonly value: T }
  | { readonly outcome: "denied"; readonly error: OauthError | null }
  | CrmLater;

/** Sandboxes and customers with a My Domain sign in at their own address; the page asks there. */
export function authorizeUrl(
  app: CrmApp,
  { redirectUri, state, codeChallenge, loginUrl }: AuthorizeRequest,
): CrmResult<{ url: string }> {
  const origin = loginOrigin(app, loginUrl);
  if (origin === null) return foreignHost;
  const url = new URL(`${origin}/services/oauth2/authorize`);
  url.search = new URLSearchParams({
    response_type: "code",
    client_id: app.clientId,
    redirect_uri: redirectUri,
    scope: permissions.map(({ scope }) => scope).join(" "),
    state,
    code_challenge: codeChallenge,
    code_challenge_method: "S256",
  }).toString();
  return { outcome: "done", url: url.href };
}

/**
 * A lost answer is `later`, although the code may be spent by then: the person starts again, which is safe. An app that may
 * not stay connected is refused at once, rather than when its session ends two hours later.
 */
export async function exchangeCode(app: CrmApp, exchange: CodeExchange): Promise<CrmResult<{ tokens: CrmTokens }>> {
  const origin = loginOrigin(app, exchange.loginUrl);
  if (origin === null) return foreignHost;
  const answer = await askForTokens(app, origin, {
    grant_type: "authorization_code",
    code: exchange.code,
    redirect_uri: exchange.redirectUri,
    code_verifier: exchange.codeVerifier,
  });
  const isLasting = answer.outcome !== "done" || answer.value.refresh_token !== null;
  return isLasting ? tokensFrom(app, answer, "crm.oauth_failed") : refused("crm.permission_missing", null);
}

/**
 * Where refresh tokens rotate, each answer brings the next one and the old one is dead at once. A process that died
 * before it could store the answer leaves such a dead one behind; then the app asks in its own name, which an admin
 * allows or not (client credentials of an External Client App). That it may not is the sign that the connection ended.
 */
export async function refresh(
  app: CrmApp,
  { refreshToken, apiUrl }: CrmGrant,
): Promise<CrmResult<{ tokens: CrmTokens }>> {
  const origin = apiUrl ?? app.baseUrl;
  const answer = await askForTokens(app, origin, { grant_type: "refresh_token", refresh_token: refreshToken });
  if (answer.outcome !== "denied" || answer.error?.error !== "invalid_grant") {
    return tokensFrom(app, answer, "crm.oauth_failed");
  }
  const own = await askForTokens(app, origin, { grant_type: "client_credentials" });
  return tokensFrom(app, own.outcome === "denied" ? answer : own, "crm.connection_ended");
}

async function askForTokens(
  app: CrmApp,
  origin: string,
  grant: Readonly<Record<string, string>>,
): Promise<OauthAnswer<TokenAnswer>> {
  const form = { ...grant, client_id: app.clientId, client_secret: app.clientSecret };
  return post(app, { url: `${origin}/services/oauth2/token`, form, schema: tokenAnswer });
}

async function post<T>(
  { timeoutMs }: CrmApp,
  { url, form, schema }: { url: string; form: Readonly<Record<string, string>>; schema: z.ZodType<T> },
): Promise<OauthAnswer<T>> {
  const answer = await send({ method: "POST", url, accessToken: null, form, timeoutMs });
  if (answer.outcome === "unclear") return { outcome: "later", retryAfterMs: outageMs, reason: answer.reason };
  if (answer.outcome === "later") return answer;
  const { status, body } = answer;
  if (status >= 500 || status === 429) {
    return { outcome: "later", retryAfterMs: outageMs, reason: `http_${status}` };
  }
  if (status >= 300) return { outcome: "denied", error: errorBody.safeParse(body).data ?? null };
  const parsed = schema.safeParse(body);
  return parsed.success ? { outcome: "done", value: parsed.data } : { outcome: "denied", error: null };
}

function tokensFrom(
  app: CrmApp,
  answer: OauthAnswer<TokenAnswer>,
  reason: CrmRefusal["reason"],
): CrmResult<{ tokens: CrmTokens }> {
  if (answer.outcome === "denied") return refused(reason, answer.error);
  if (answer.outcome === "later") return answer;
  const { access_token: accessToken, refresh_token: refreshToken, instance_url: instanceUrl, scope } = answer.value;
  const apiUrl = apiOrigin(app, instanceUrl);
  if (apiUrl === null) return foreignHost;
  const scopes = scope.split(" ").filter((name) => name !== "");
  return { outcome: "done", tokens: { accessToken, refreshToken, expiresInSeconds: null, apiUrl, scopes } };
}

/** Salesforce has no other answer for a token that is dead than for one it never gave; both are done. */
export async function revoke(app: CrmApp, { refreshToken, apiUrl }: CrmGrant): Promise<CrmResult<object>> {
  const url = `${apiUrl ?? app.baseUrl}/services/oauth2/revoke`;
  const answer = await post(app, { url, form: { token: refreshToken }, schema: z.unknown() });
  if (answer.outcome === "later") return answer;
  const dead = answer.outcome === "done" || deadToken.has(answer.error?.error ?? "");
  return dead ? { outcome: "done" } : refused("crm.oauth_failed", answer.error);
}

const deadToken = new Set(["invalid_token", "unsupported_token_type", "invalid_grant"]);

const foreignHost = refused("crm.oauth_failed", null);

function refused(reason: CrmRefusal["reason"], error: OauthError | null): CrmRefusal {
  const details = error?.error_description ?? error?.error ?? null;
  return { outcome: "refused", reason, details: details?.slice(0, 1000) ?? null, correlationId: null };
}
