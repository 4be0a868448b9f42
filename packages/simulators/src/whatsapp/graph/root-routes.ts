import type { Sim } from "../sim.ts";
import { callerOf } from "./auth.ts";
import { selectFields } from "./listing.ts";
import { Refusal, refuseParameter } from "./refusal.ts";
import type { Call } from "./route.ts";

/** `GET /me`: the system user of the token. */
export function me(sim: Sim, call: Call): Refusal | object {
  if (call.caller.kind === "app") {
    return new Refusal(400, {
      message: "An active access token must be used to query information about the current user.",
      type: "OAuthException",
      code: 2500,
    });
  }
  const { token } = call.caller;
  const name = `${sim.state.accounts.get(token.accountId)?.name ?? ""} system user`;
  return selectFields(call, { id: token.userId, name }, ["name"]);
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
