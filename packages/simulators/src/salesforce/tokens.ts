import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { VirtualClock } from "../platform/clock.ts";
import { CLIENT_ID, CLIENT_SECRET, ORG_ID } from "./identity.ts";

const factsSchema = z.strictObject({
  use: z.enum(["access_token", "refresh_token"]),
  /** The approval that the token goes back to. */
  grant: z.string(),
  /** Id of the user in whose name it speaks. */
  userId: z.string(),
  clientId: z.string(),
  scopes: z.array(z.string()),
  /** ms since the epoch; null for what does not expire. */
  expiresAt: z.number().nullable(),
  /** Makes every token another. */
  nonce: z.string(),
});

/** What a token says. It says so itself, under a signature, so that tokens outlive a restart of the simulator. */
export type TokenFacts = z.infer<typeof factsSchema>;

/** Every token of the org: who may speak, in whose name, until when. */
export class Tokens {
  readonly #clock: VirtualClock;
  readonly #ended = new Set<string>();
  readonly #endedGrants = new Set<string>();
  #expiredBefore = Number.NEGATIVE_INFINITY;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** A new token. `lastsMs`: null for one that does not expire. */
  issue({ lastsMs, ...facts }: Omit<TokenFacts, "nonce" | "expiresAt"> & { lastsMs: number | null }): string {
    // A session that begins in the very millisecond in which all others end is none of those.
    const now = Math.max(this.#clock.now(), this.#expiredBefore + 1);
    const expiresAt = lastsMs === null ? null : now + lastsMs;
    return sign({ ...facts, expiresAt, nonce: `${now}.${randomUUID()}` });
  }

  /** The facts of a token in force, whichever its use; undefined when it is unknown, expired, used up or revoked. */
  inForce(token: string): TokenFacts | undefined {
    const facts = this.read(token);
    if (facts === undefined || this.#ended.has(token) || this.#endedGrants.has(facts.grant)) return undefined;
    if (facts.expiresAt === null) return facts;
    const issuedAt = Number.parseInt(facts.nonce, 10);
    return facts.expiresAt <= this.#clock.now() || issuedAt <= this.#expiredBefore ? undefined : facts;
  }

  /** The facts of any token that was signed here, in force or not: a used-up refresh token is told from an unknown one. */
  read(token: string): TokenFacts | undefined {
    const [org, payload, given, ...rest] = token.split(/[!.]/u);
    if (org !== ORG_ID.slice(0, 15) || payload === undefined || given === undefined || rest.length > 0) {
      return undefined;
    }
    const expected = Buffer.from(signature(payload));
    const actual = Buffer.from(given);
    if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return undefined;
    return factsSchema.parse(JSON.parse(Buffer.from(payload, "base64url").toString()));
  }

  /** Ends one token: a session that timed out, a refresh token that was rotated away. */
  end(token: string): void {
    this.#ended.add(token);
  }

  /** Ends an approval with all its tokens. */
  endGrant(grant: string): void {
    this.#endedGrants.add(grant);
  }

  /** Ends every session that was open until now, as a change of the org's session settings does. Refresh tokens stay. */
  expireSessions(): void {
    this.#expiredBefore = this.#clock.now();
  }
}

/** The token with which tests and pages speak in the administrator's name. It never expires. */
export function adminToken(userId: string): string {
  const scopes = ["api", "refresh_token", "openid"];
  return sign({
    use: "access_token",
    grant: "admin",
    userId,
    clientId: CLIENT_ID,
    scopes,
    expiresAt: null,
    nonce: "0.admin",
  });
}

function sign(facts: TokenFacts): string {
  const payload = Buffer.from(JSON.stringify(facts)).toString("base64url");
  return `${ORG_ID.slice(0, 15)}!${payload}.${signature(payload)}`;
}

function signature(payload: string): string {
  return createHmac("sha256", CLIENT_SECRET).update(payload).digest("base64url");
}
