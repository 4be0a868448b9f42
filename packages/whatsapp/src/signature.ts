import { createHmac, timingSafeEqual } from "node:crypto";

const signatureHeader = /^sha256=([0-9a-f]{64})$/;

/**
 * True when Meta signed exactly these bytes with this app's secret (webhooks, "Validating payloads": `X-Hub-Signature-256`
 * is `sha256=` and the HMAC-SHA256 of the raw body in lower-case hex). Anything else about the header refuses: missing,
 * cut short, another algorithm, upper case, or sent twice (as a list, or joined by the HTTP server with a comma).
 * Throws on an empty secret, because every forger knows that one.
 */
export function verifySignature(
  rawBody: Uint8Array,
  header: string | readonly string[] | undefined,
  appSecret: string,
): boolean {
  const expected = hmac(appSecret, rawBody);
  const given = typeof header === "string" ? signatureHeader.exec(header)?.[1] : undefined;
  return given !== undefined && timingSafeEqual(Buffer.from(given, "hex"), expected);
}

/**
 * The `appsecret_proof` of a token: proves to Graph that the caller also holds the app's secret, so that a stolen token
 * alone is worth nothing (Graph API, "Securing requests"). Throws on an empty secret.
 */
export function appSecretProof(accessToken: string, appSecret: string): string {
  return hmac(appSecret, accessToken).toString("hex");
}

function hmac(secret: string, message: string | Uint8Array): Buffer {
  if (secret.trim() === "") throw new Error("the app secret is empty");
  return createHmac("sha256", secret).update(message).digest();
}
