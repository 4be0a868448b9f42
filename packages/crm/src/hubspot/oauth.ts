import { z } from "zod";
import type {
  AuthorizeRequest,
  CodeExchange,
  CrmAccount,
  CrmApp,
  CrmGrant,
  CrmPermission,
  CrmSession,
  CrmTokens,
} from "../adapter.ts";
import type { CrmRefusal, CrmResult } from "../outcome.ts";
import { request, settled, versions, type SettledAnswer } from "./client.ts";

/** Every right that we ask for. HubSpot files communications (our log entries) under the rights on contacts. */
export const permissions: readonly CrmPermission[] = [
  { scope: "oauth", why: "sign_in" },
  { scope: "crm.objects.contacts.read", why: "read_contacts" },
  { scope: "crm.objects.contacts.write", why: "write_log" },
  { scope: "crm.objects.companies.read", why: "read_companies" },
  { scope: "crm.objects.deals.read", why: "read_deals" },
  { scope: "tickets", why: "read_tickets" },
  { scope: "crm.objects.owners.read", why: "read_owners" },
  { scope: "crm.schemas.contacts.read", why: "read_fields" },
  { scope: "crm.schemas.contacts.write", why: "create_log_key" },
];

const productionApi = "https://api.hubapi.com";
const productionPages = "https://app.hubspot.com";

const tokenPath = `/oauth/${versions.oauth}/token`;

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
  scopes: z.array(z.string()).default([]),
});

const introspection = z.object({ hub_domain: z.string().min(1).optional() });

/**
 * HubSpot's page asks on another host than its API answers; any other API has both on one. All customers sign in there:
 * an address of their own is none of HubSpot's.
 */
export function authorizeUrl(app: CrmApp, asked: AuthorizeRequest): CrmResult<{ url: string }> {
  const { redirectUri, state, codeChallenge, loginUrl } = asked;
  if (loginUrl !== null) return { outcome: "refused", reason: "crm.oauth_failed", details: null, correlationId: null };
  const url = new URL(`${app.baseUrl === productionApi ? productionPages : app.baseUrl}/oauth/authorize`);
  url.search = new URLSearchParams({
    client_id: app.clientId,
    redirect_uri: redirectUri,
    scope: permissions.map(({ scope }) => scope).join(" "),
    state,
    code_challenge: codeChallenge,
    code_challenge_method: "S256",
  }).toString();
  return { outcome: "done", url: url.href };
}

/** A lost answer is `later`, although the code may be spent by then: the person starts again, which is safe. */
export async function exchangeCode(app: CrmApp, exchange: CodeExchange): Promise<CrmResult<{ tokens: CrmTokens }>> {
  const answer = await askForTokens(app, {
    grant_type: "authorization_code",
    code: exchange.code,
    redirect_uri: exchange.redirectUri,
    code_verifier: exchange.codeVerifier,
  });
  return tokensFrom(answer, "crm.oauth_failed");
}

/** Repeating it is safe: HubSpot keeps the refresh token when it answers with a new access token. */
export async function refresh(app: CrmApp, { refreshToken }: CrmGrant): Promise<CrmResult<{ tokens: CrmTokens }>> {
  const answer = await askForTokens(app, { grant_type: "refresh_token", refresh_token: refreshToken });
  const ended = answer.outcome === "refused" && answer.category === "invalid_grant";
  return tokensFrom(answer, ended ? "crm.connection_ended" : "crm.oauth_failed");
}

type TokenAnswer = z.infer<typeof tokenAnswer>;

async function askForTokens(app: CrmApp, grant: Record<string, string>): Promise<SettledAnswer<TokenAnswer>> {
  const form = { ...grant, client_id: app.clientId, client_secret: app.clientSecret };
  return settled(await request(app, { method: "POST", path: tokenPath, session: null, form, schema: tokenAnswer }));
}

function tokensFrom(
  answer: SettledAnswer<TokenAnswer>,
  reason: CrmRefusal["reason"],
): CrmResult<{ tokens: CrmTokens }> {
  if (answer.outcome === "refused") return { ...answer, reason };
  return answer.outcome === "done" ? { outcome: "done", tokens: tokensOf(answer.value) } : answer;
}

function tokensOf(answer: TokenAnswer): CrmTokens {
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresInSeconds: answer.expires_in,
    apiUrl: null,
    scopes: answer.scopes,
  };
}

export async function revoke(app: CrmApp, { refreshToken }: CrmGrant): Promise<CrmResult<object>> {
  const form = tokenForm(app, refreshToken, "refresh_token");
  const path = `${tokenPath}/revoke`;
  const answer = settled(await request(app, { method: "POST", path, session: null, form, schema: z.unknown() }));
  if (answer.outcome !== "done" && answer.outcome !== "refused") return answer;
  const dead = answer.outcome === "refused" && (answer.category === "invalid_grant" || answer.status === 404);
  return dead || answer.outcome === "done" ? { outcome: "done" } : answer;
}

const accountDetails = z.object({
  portalId: z.number().int(),
  uiDomain: z.string().min(1),
  timeZone: z.string().min(1),
});

/** HubSpot has no name of an account in its details; the domain that its users sign in with is the nearest. */
export async function account(app: CrmApp, session: CrmSession): Promise<CrmResult<{ account: CrmAccount }>> {
  const path = `/account-info/${versions.account}/details`;
  const answer = settled(await request(app, { method: "GET", path, session, schema: accountDetails }));
  if (answer.outcome !== "done") return answer;
  const { portalId, uiDomain, timeZone } = answer.value;
  const accountName = (await domainOf(app, session)) ?? `HubSpot ${portalId}`;
  return { outcome: "done", account: { account: String(portalId), accountName, uiDomain, timeZone } };
}

/** Null when HubSpot does not tell: a name is no reason to fail a connection. */
async function domainOf(app: CrmApp, session: CrmSession): Promise<string | null> {
  const form = tokenForm(app, session.accessToken, "access_token");
  const path = `${tokenPath}/introspect`;
  const answer = await request(app, { method: "POST", path, session: null, form, schema: introspection });
  return answer.outcome === "done" ? (answer.value.hub_domain ?? null) : null;
}

function tokenForm(app: CrmApp, token: string, hint: string): Record<string, string> {
  return { client_id: app.clientId, client_secret: app.clientSecret, token, token_type_hint: hint };
}
