import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { CLIENT_SECRET } from "./identity.ts";

const factsSchema = z.strictObject({
  use: z.enum(["access_token", "refresh_token"]),
  /** The approval that the token goes back to. */
  grant: z.string(),
  scopes: z.array(z.string()),
  /** Makes every token another. */
  nonce: z.string(),
  /** ms since the epoch; a refresh token does not expire. */
  expiresAt: z.number().nullable(),
});

/** What a token says. It says so itself, under a signature, so that tokens outlive a restart of the simulator. */
export type TokenFacts = z.infer<typeof factsSchema>;

export function signToken(facts: Omit<TokenFacts, "nonce">): string {
  const payload = Buffer.from(JSON.stringify({ ...facts, nonce: randomUUID() })).toString("base64url");
  return `eu1.${payload}.${signature(payload)}`;
}

/** The facts of a token that was signed here; undefined for anything else. Expired tokens are read, too. */
export function readToken(token: string): TokenFacts | undefined {
  const [region, payload, given, ...rest] = token.split(".");
  if (region !== "eu1" || payload === undefined || given === undefined || rest.length > 0) return undefined;
  const expected = Buffer.from(signature(payload));
  const actual = Buffer.from(given);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return undefined;
  return factsSchema.parse(JSON.parse(Buffer.from(payload, "base64url").toString()));
}

function signature(payload: string): string {
  return createHmac("sha256", CLIENT_SECRET).update(payload).digest("base64url");
}
