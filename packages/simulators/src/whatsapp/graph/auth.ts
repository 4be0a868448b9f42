import { timingSafeEqual } from "node:crypto";
import type { State } from "../state.ts";
import { appSecretProof } from "../webhooks/signature.ts";
import type { Caller } from "./route.ts";
import { Refusal, refuseParameter, refuseToken } from "./refusal.ts";

/** What a request brings to be known by. */
export type Credentials = { accessToken: string | undefined; proof: string | undefined; proofTime: string | undefined };

const PROOF_LIFE_S = 300;

/** Takes the credentials out of header, query and body; what is left are the parameters. */
export function readCredentials(
  authorization: string | undefined,
  params: Record<string, unknown>,
): { credentials: Credentials; rest: Record<string, unknown> } {
  const { access_token, appsecret_proof, appsecret_time, ...rest } = params;
  const bearer = /^(?:Bearer|OAuth)\s+(.+)$/iu.exec(authorization ?? "")?.[1];
  const word = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
  const credentials = {
    accessToken: bearer ?? word(access_token),
    proof: word(appsecret_proof),
    proofTime: word(appsecret_time),
  };
  return { credentials, rest };
}

/** Finds out who calls: 104 without a token, 190 for a token that is unknown or over, 100 for a wrong proof. */
export function authenticate(state: State, credentials: Credentials, nowSeconds: number): Caller | Refusal {
  const { accessToken } = credentials;
  if (accessToken === undefined) {
    return new Refusal(400, {
      message: "An access token is required to request this resource.",
      type: "OAuthException",
      code: 104,
    });
  }
  const caller = callerOf(state, accessToken);
  if (caller === undefined) return refuseToken("Invalid OAuth access token - Cannot parse access token");
  if (caller.kind === "user" && caller.token.expiresAt !== 0 && caller.token.expiresAt <= nowSeconds) {
    const [ended, now] = [caller.token.expiresAt, nowSeconds].map((seconds) => new Date(seconds * 1000).toUTCString());
    return refuseToken(
      `Error validating access token: Session has expired on ${ended}. The current time is ${now}.`,
      463,
    );
  }
  return checkProof(caller, accessToken, credentials, nowSeconds) ?? caller;
}

/** The owner of a token, whether it is still good or not. */
export function callerOf(state: State, accessToken: string): Caller | undefined {
  const token = state.tokens.get(accessToken);
  if (token !== undefined) {
    const app = state.apps.get(token.appId);
    return app && { kind: "user", token, app };
  }
  const [appId = "", secret = ""] = accessToken.split("|");
  const app = state.apps.get(appId);
  return app !== undefined && isSame(app.secret, secret) ? { kind: "app", app } : undefined;
}

function checkProof(
  { app }: Caller,
  accessToken: string,
  { proof, proofTime }: Credentials,
  nowSeconds: number,
): Refusal | undefined {
  if (proof === undefined) {
    return app.requiresProof
      ? refuseParameter("API calls from the server require an appsecret_proof argument")
      : undefined;
  }
  const isFresh = proofTime === undefined || Math.abs(nowSeconds - Number(proofTime)) <= PROOF_LIFE_S;
  return isFresh && isSame(appSecretProof(app.secret, accessToken, proofTime), proof)
    ? undefined
    : refuseParameter("Invalid appsecret_proof provided in the API argument");
}

/** Compares two secrets in a time that tells nothing of them. */
export function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
