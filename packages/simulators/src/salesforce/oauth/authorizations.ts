import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import { DEMO_INTEGRATION_ID } from "../demo/demo-ids.ts";
import { CLIENT_ID, CLIENT_SECRET } from "../identity.ts";
import type { Org } from "../org.ts";
import type { ConsentRequest } from "./consent-request.ts";
import { userOfAssertion } from "./jwt-assertion.ts";
import { invalidGrant, OAuthError } from "./oauth-error.ts";
import { isLasting, SCOPES_WITHOUT_REFRESH } from "./scopes.ts";

const CODE_MS = 15 * 60_000;

/** The fields of a token request, as its form has them. */
export type TokenForm = Readonly<Record<string, string | undefined>>;

export type IssuedTokens = {
  accessToken: string;
  /** Absent where the answer brings none: the one that the caller has stays good. */
  refreshToken?: string;
  userId: string;
  scopes: readonly string[];
};

/** Who may speak, in whose name. Everything of one grant ends together. */
type Grant = { grant: string; userId: string; scopes: string[] };
type PendingCode = ConsentRequest & { userId: string; expiresAt: number };

/** The authorization codes and tokens of the app. Codes work once, for 15 minutes. */
export class Authorizations {
  readonly #org: Org;
  readonly #codes = new Map<string, PendingCode>();
  readonly #usedCodes = new Map<string, string>();

  constructor(org: Org) {
    this.#org = org;
  }

  /** A code for what this user just approved. */
  issueCode(request: ConsentRequest, userId: string): string {
    const code = `aPrx${randomUUID().replaceAll("-", "")}==`;
    this.#codes.set(code, { ...request, userId, expiresAt: this.#org.clock.now() + CODE_MS });
    return code;
  }

  /** Answers a token request of any grant type; refuses with 400 in Salesforce's words. */
  exchange(form: TokenForm): IssuedTokens {
    const flows: Readonly<Record<string, () => IssuedTokens>> = {
      authorization_code: () => this.#exchangeCode(form),
      refresh_token: () => this.#refresh(form),
      client_credentials: () => this.#speakAsIntegrationUser(form),
      "urn:ietf:params:oauth:grant-type:jwt-bearer": () => this.#speakAsAsserted(form),
      password: refusePassword,
    };
    const type = form["grant_type"] ?? "";
    const flow = Object.hasOwn(flows, type) ? flows[type] : undefined;
    if (flow === undefined) throw new OAuthError("unsupported_grant_type", "grant type not supported");
    return flow();
  }

  /**
   * Ends a session, or with a refresh token everything that goes back to the same approval.
   * Refuses (400) what is no token in force.
   */
  revoke(token: string): void {
    const { tokens } = this.#org;
    const facts = tokens.inForce(token);
    if (facts === undefined) throw new OAuthError("unsupported_token_type", "this token type is not supported");
    if (facts.use === "refresh_token") tokens.endGrant(facts.grant);
    else tokens.end(token);
  }

  #exchangeCode(form: TokenForm): IssuedTokens {
    requireClient(form);
    const code = form["code"] ?? "";
    const pending = this.#codes.get(code);
    if (pending === undefined) {
      // Whoever brings a code for the second time may have stolen it: what it gave is ended (RFC 6749, 4.1.2).
      const grant = this.#usedCodes.get(code);
      if (grant !== undefined) this.#org.tokens.endGrant(grant);
      throw invalidGrant("invalid authorization code");
    }
    this.#codes.delete(code);
    if (pending.expiresAt <= this.#org.clock.now()) throw invalidGrant("expired authorization code");
    if (form["redirect_uri"] !== pending.redirectUri) {
      throw new OAuthError("redirect_uri_mismatch", "redirect_uri must match configuration");
    }
    const verifier = form["code_verifier"];
    if (verifier === undefined) throw new OAuthError("invalid_request", "missing required code verifier");
    if (sha256(verifier) !== pending.codeChallenge) throw invalidGrant("invalid code verifier");
    const issued = this.#begin(pending.userId, pending.scopes);
    const grant = this.#org.tokens.inForce(issued.accessToken)?.grant;
    if (grant !== undefined) this.#usedCodes.set(code, grant);
    return issued;
  }

  #refresh(form: TokenForm): IssuedTokens {
    requireClient(form);
    const refreshToken = form["refresh_token"] ?? "";
    const { tokens, behaviour } = this.#org;
    const facts = tokens.inForce(refreshToken);
    if (facts?.use !== "refresh_token") {
      const known = tokens.read(refreshToken);
      // A token that was rotated away and comes back is in two hands: the whole grant is ended.
      if (known?.use === "refresh_token") tokens.endGrant(known.grant);
      throw invalidGrant("expired access/refresh token");
    }
    const issued = this.#session(facts);
    if (!behaviour.rotate_refresh_tokens) return issued;
    tokens.end(refreshToken);
    return { ...issued, refreshToken: this.#refreshToken(facts) };
  }

  #speakAsIntegrationUser(form: TokenForm): IssuedTokens {
    requireClient(form);
    if (!this.#org.behaviour.allow_client_credentials) {
      throw invalidGrant("no client credentials user enabled");
    }
    return this.#begin(DEMO_INTEGRATION_ID, SCOPES_WITHOUT_REFRESH);
  }

  #speakAsAsserted(form: TokenForm): IssuedTokens {
    return this.#begin(userOfAssertion(this.#org, form["assertion"] ?? ""), SCOPES_WITHOUT_REFRESH);
  }

  #begin(userId: string, scopes: readonly string[]): IssuedTokens {
    const grant: Grant = { grant: randomUUID(), userId, scopes: [...scopes] };
    const issued = this.#session(grant);
    return isLasting(scopes) ? { ...issued, refreshToken: this.#refreshToken(grant) } : issued;
  }

  #session({ grant, userId, scopes }: Grant): IssuedTokens {
    const lastsMs = this.#org.behaviour.session_ms;
    const facts = { use: "access_token" as const, grant, userId, clientId: CLIENT_ID, scopes, lastsMs };
    return { accessToken: this.#org.tokens.issue(facts), userId, scopes };
  }

  #refreshToken({ grant, userId, scopes }: Grant): string {
    const facts = { use: "refresh_token" as const, grant, userId, clientId: CLIENT_ID, scopes, lastsMs: null };
    return this.#org.tokens.issue(facts);
  }
}

/** Orgs block the flow with a password unless an administrator lets it in. */
function refusePassword(): never {
  throw invalidGrant("authentication failure");
}

/** Refuses a form whose client id or secret is not the app's. */
export function requireClient(form: TokenForm): void {
  if (form["client_id"] !== CLIENT_ID) throw new OAuthError("invalid_client_id", "client identifier invalid");
  if (!isSame(form["client_secret"] ?? "", CLIENT_SECRET)) {
    throw new OAuthError("invalid_client", "invalid client credentials");
  }
}

function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(expected)));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
