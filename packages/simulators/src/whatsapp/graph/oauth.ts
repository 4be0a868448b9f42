import { newToken } from "./root-routes.ts";
import { randomBytes } from "node:crypto";
import type { Sim } from "../sim.ts";
import type { AccessToken, App } from "../state.ts";
import { isSame } from "./auth.ts";
import { Refusal } from "./refusal.ts";

type Params = Record<string, unknown>;

/** Codes live for 30 seconds (Meta: Embedded Signup). */
const CODE_LIFE_MS = 30_000;
const SIXTY_DAYS_S = 60 * 86_400;
const BOTH = ["whatsapp_business_management", "whatsapp_business_messaging"];

/** Gives out a code for an account, as Embedded Signup does when a business lets an app in. */
export function giveCode(sim: Sim, appId: string, accountId: string): string {
  const code = `AQ${randomBytes(72).toString("base64url")}`;
  sim.state.codes.set(code, { appId, accountId, endsAt: sim.clock.now() + CODE_LIFE_MS, isUsed: false });
  return code;
}

/**
 * `GET /oauth/access_token`, which needs no token but the app's secret: a code of Embedded Signup for a business token,
 * a token for one that lives 60 days (`fb_exchange_token`), or the app's own token (`client_credentials`).
 */
export function exchange(sim: Sim, params: Params): Refusal | object {
  const app = appOf(sim, params);
  if (app instanceof Refusal) return app;
  if (params.grant_type === "client_credentials") {
    return { access_token: `${app.id}|${app.secret}`, token_type: "bearer" };
  }
  if (params.grant_type === "fb_exchange_token") return refresh(sim, app, params);
  if (typeof params.code !== "string") return refuse(100, "Missing code parameter.");
  const code = sim.state.codes.get(params.code);
  if (code === undefined || code.appId !== app.id) return refuse(100, "Invalid verification code format.", 36_008);
  if (code.isUsed) return refuse(100, "This authorization code has been used.", 36_009);
  if (code.endsAt <= sim.clock.now()) return refuse(100, "This authorization code has expired.", 36_007);
  code.isUsed = true;
  const { token } = addToken(sim, app, { accountId: code.accountId, scopes: BOTH, userId: `12${code.accountId}` }, 0);
  return { access_token: token, token_type: "bearer" };
}

/** `GET /oauth/revoke`: a token ends at once. */
export function revoke(sim: Sim, params: Params): Refusal | object {
  const app = appOf(sim, params);
  if (app instanceof Refusal) return app;
  const token = typeof params.revoke_token === "string" ? sim.state.tokens.get(params.revoke_token) : undefined;
  if (token === undefined || token.appId !== app.id) return refuse(100, "Invalid revoke_token.");
  sim.state.tokens.delete(token.token);
  return { success: true };
}

function refresh(sim: Sim, app: App, { fb_exchange_token: old }: Params): Refusal | object {
  const known = typeof old === "string" ? sim.state.tokens.get(old) : undefined;
  if (known === undefined || known.appId !== app.id) return refuse(190, "Invalid OAuth access token.");
  if (known.expiresAt !== 0 && known.expiresAt <= sim.clock.seconds()) {
    return refuse(190, "Error validating access token: Session has expired.", 463);
  }
  const { token } = addToken(sim, app, known, SIXTY_DAYS_S);
  return { access_token: token, token_type: "bearer", expires_in: SIXTY_DAYS_S };
}

function addToken(
  sim: Sim,
  app: App,
  { accountId, scopes, userId }: Pick<AccessToken, "accountId" | "scopes" | "userId">,
  life: number,
): AccessToken {
  const issuedAt = sim.clock.seconds();
  const expiresAt = life === 0 ? 0 : issuedAt + life;
  const token: AccessToken = { token: newToken(), appId: app.id, accountId, userId, scopes, issuedAt, expiresAt };
  sim.state.tokens.set(token.token, token);
  return token;
}

function appOf(sim: Sim, { client_id, client_secret }: Params): App | Refusal {
  if (typeof client_id !== "string") return refuse(101, "Missing client_id parameter.");
  const app = sim.state.apps.get(client_id);
  if (app === undefined) return refuse(101, "Error validating application. Cannot get application info.");
  const isRight = typeof client_secret === "string" && isSame(app.secret, client_secret);
  return isRight ? app : refuse(1, "Error validating client secret.");
}

function refuse(code: number, message: string, subcode?: number): Refusal {
  return new Refusal(400, {
    message,
    type: "OAuthException",
    code,
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
  });
}
