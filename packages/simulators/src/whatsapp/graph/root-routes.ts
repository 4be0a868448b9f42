import { randomBytes } from "node:crypto";
import { listAssignedAccounts } from "../accounts/users.ts";
import type { Sim } from "../sim.ts";
import { callerOf } from "./auth.ts";
import { selectFields } from "./listing.ts";
import { Refusal, refuseParameter } from "./refusal.ts";
import type { Call, Route } from "./route.ts";

/** A system user, and the account that it serves. */
type User = { id: string; accountId: string };

const SIXTY_DAYS_S = 60 * 86_400;

/** `GET /me`: the system user of the token. */
export function me(sim: Sim, call: Call): Refusal | object {
  if (call.caller.kind === "app") {
    return new Refusal(400, {
      message: "An active access token must be used to query information about the current user.",
      type: "OAuthException",
      code: 2500,
    });
  }
  const { userId, accountId } = call.caller.token;
  return readUser(sim, call, { id: userId, accountId });
}

/** What can be asked of a user by id. */
export const userRoutes: readonly Route<User>[] = [
  { method: "GET", edge: "", needs: "token", handle: readUser },
  {
    method: "GET",
    edge: "assigned_whatsapp_business_accounts",
    needs: "whatsapp_business_management",
    handle: (sim, call, { id }) => listAssignedAccounts(sim, call, id),
  },
  { method: "POST", edge: "access_tokens", needs: "token", handle: newSystemToken },
];

function readUser({ state }: Sim, call: Call, { id, accountId }: User): Refusal | object {
  const name = `${state.accounts.get(accountId)?.name ?? ""} system user`;
  return selectFields(call, { id, name }, ["name"]);
}

/** `POST /{SYSTEM_USER}/access_tokens`: another token with the same permissions, for ever or for 60 days. */
function newSystemToken(sim: Sim, call: Call, user: User): Refusal | object {
  const { caller, params } = call;
  if (caller.kind === "app") return refuseParameter("A token of a user is required.");
  if (params.business_app !== undefined && params.business_app !== caller.app.id) {
    return refuseParameter("Param business_app must be the app of the token.");
  }
  const issuedAt = sim.clock.seconds();
  const ends = params.set_token_expires_in_60_days === true || params.set_token_expires_in_60_days === "true";
  const token = newToken();
  const expiresAt = ends ? issuedAt + SIXTY_DAYS_S : 0;
  sim.state.tokens.set(token, { ...caller.token, userId: user.id, token, issuedAt, expiresAt });
  return { access_token: token };
}

/** A new access token, as long as Meta's. */
export function newToken(): string {
  return `EAA${randomBytes(60).toString("base64url").replaceAll(/[-_]/gu, "Z")}`;
}

/** `GET /debug_token?input_token=`: what a token opens and until when, for its own app or user. */
export function debugToken(sim: Sim, call: Call): Refusal | object {
  const { input_token } = call.params;
  if (typeof input_token !== "string") return refuseParameter("The parameter input_token is required.");
  const inspected = callerOf(sim.state, input_token);
  if (inspected === undefined || inspected.app !== call.caller.app) {
    return { data: { is_valid: false, scopes: [], error: { code: 190, message: "Invalid OAuth access token." } } };
  }
  const { app } = inspected;
  if (inspected.kind === "app") {
    return { data: { app_id: app.id, type: "APP", application: app.name, is_valid: true, scopes: [] } };
  }
  const { token } = inspected;
  return {
    data: {
      app_id: app.id,
      type: "SYSTEM_USER",
      application: app.name,
      data_access_expires_at: 0,
      expires_at: token.expiresAt,
      issued_at: token.issuedAt,
      is_valid: token.expiresAt === 0 || token.expiresAt > sim.clock.seconds(),
      scopes: token.scopes,
      granular_scopes: token.scopes.map((scope) => ({ scope, target_ids: [token.accountId] })),
      user_id: token.userId,
    },
  };
}
