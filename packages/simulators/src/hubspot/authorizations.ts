import { createHash, randomUUID } from "node:crypto";
import type { VirtualClock } from "../platform/clock.ts";
import { HubSpotError } from "./api-error.ts";
import { CLIENT_ID, CLIENT_SECRET } from "./identity.ts";
import { readToken, signToken } from "./signed-token.ts";
import type { TokenFacts } from "./signed-token.ts";

/** How long an access token lasts, in seconds. */
export const ACCESS_TOKEN_SECONDS = 1_800;
const CODE_MS = 60_000;

/** What a person approved. */
export type Approval = { redirectUri: string; scopes: readonly string[]; codeChallenge: string | undefined };

/** The fields of a token request, as its form has them. */
export type TokenForm = Readonly<Record<string, string | undefined>>;

export type IssuedTokens = { accessToken: string; refreshToken: string; scopes: readonly string[] };

type PendingCode = Approval & { grant: string; expiresAt: number };

/**
 * The authorization codes and tokens of the app. Codes work once, for a minute. Refresh tokens stay the same and
 * outlive a restart; a revocation is remembered only until then.
 */
export class Authorizations {
  readonly #clock: VirtualClock;
  readonly #codes = new Map<string, PendingCode>();
  readonly #revokedGrants = new Set<string>();
  /** Access tokens that would have lasted no longer than this are at their end already (ms since the epoch). */
  #endedUntil = Number.NEGATIVE_INFINITY;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** A code for what was just approved. */
  issueCode(approval: Approval): string {
    const code = randomUUID();
    this.#codes.set(code, { ...approval, grant: randomUUID(), expiresAt: this.#clock.now() + CODE_MS });
    return code;
  }

  /** Answers a token request of either grant type; refuses with 400 in HubSpot's words. */
  exchange(form: TokenForm): IssuedTokens {
    requireClient(form);
    if (form["grant_type"] === "authorization_code") return this.#exchangeCode(form);
    if (form["grant_type"] === "refresh_token") return this.#refresh(form);
    throw oauthRefusal("unsupported_grant_type", "BAD_GRANT_TYPE", "missing or unknown grant type");
  }

  /** The facts of a token in force, whichever its use; undefined when it is unknown, expired or revoked. */
  inForce(token: string): TokenFacts | undefined {
    const facts = readToken(token);
    if (facts === undefined || this.#revokedGrants.has(facts.grant)) return undefined;
    return this.hasExpired(facts) ? undefined : facts;
  }

  /** Whether an access token is at its end; refresh tokens have none. */
  hasExpired({ expiresAt }: TokenFacts): boolean {
    return expiresAt !== null && (expiresAt <= this.#clock.now() || expiresAt <= this.#endedUntil);
  }

  /** Every access token given so far has expired from now on; refresh tokens work as before. */
  expireAccessTokens(): void {
    this.#endedUntil = this.#clock.now() + ACCESS_TOKEN_SECONDS * 1_000;
  }

  /** Ends the approval that a token goes back to, with all its tokens. Unknown tokens are none of the caller's news. */
  revoke(token: string): void {
    const facts = readToken(token);
    if (facts !== undefined) this.#revokedGrants.add(facts.grant);
  }

  #exchangeCode(form: TokenForm): IssuedTokens {
    const code = form["code"] ?? "";
    const pending = this.#codes.get(code);
    this.#codes.delete(code);
    if (pending === undefined || pending.expiresAt <= this.#clock.now()) {
      throw oauthRefusal("invalid_grant", "BAD_AUTH_CODE", "missing or unknown auth code");
    }
    if (form["redirect_uri"] !== pending.redirectUri) {
      throw oauthRefusal("invalid_grant", "BAD_REDIRECT_URI", "missing or mismatched redirect uri");
    }
    if (pending.codeChallenge !== undefined && sha256(form["code_verifier"] ?? "") !== pending.codeChallenge) {
      throw oauthRefusal("invalid_grant", "BAD_CODE_VERIFIER", "missing or mismatched code verifier");
    }
    const { grant, scopes } = pending;
    const refreshToken = signToken({ use: "refresh_token", grant, scopes: [...scopes], expiresAt: null });
    return { accessToken: this.#accessToken(grant, scopes), refreshToken, scopes };
  }

  #refresh(form: TokenForm): IssuedTokens {
    const refreshToken = form["refresh_token"] ?? "";
    const facts = this.inForce(refreshToken);
    if (facts?.use !== "refresh_token") {
      throw oauthRefusal("invalid_grant", "BAD_REFRESH_TOKEN", "missing or invalid refresh token");
    }
    return { accessToken: this.#accessToken(facts.grant, facts.scopes), refreshToken, scopes: facts.scopes };
  }

  #accessToken(grant: string, scopes: readonly string[]): string {
    // One that is given in the very moment in which all others ended is not one of them.
    const expiresAt = Math.max(this.#clock.now() + ACCESS_TOKEN_SECONDS * 1_000, this.#endedUntil + 1);
    return signToken({ use: "access_token", grant, scopes: [...scopes], expiresAt });
  }
}

/** Refuses a form whose client id or secret is not the app's. */
export function requireClient(form: TokenForm): void {
  if (form["client_id"] !== CLIENT_ID) {
    throw oauthRefusal("invalid_client", "BAD_CLIENT_ID", "missing or unknown client id");
  }
  if (form["client_secret"] !== CLIENT_SECRET) {
    throw oauthRefusal("invalid_client", "BAD_CLIENT_SECRET", "missing or invalid client secret");
  }
}

function oauthRefusal(error: string, status: string, description: string): HubSpotError {
  return new HubSpotError(400, description, { error, error_description: description, status });
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
