import { createHash, randomBytes } from "node:crypto";

/** A secret that only the starter of an authorization knows (RFC 7636, 4.1): 43 characters of base64url. */
export function newCodeVerifier(): string {
  return randomBytes(32).toString("base64url");
}

/** What the authorization page is shown of it (RFC 7636, 4.2, method S256). */
export function codeChallengeOf(verifier: string): string {
  return createHash("sha256").update(verifier, "ascii").digest("base64url");
}
