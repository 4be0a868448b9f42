import { createHmac } from "node:crypto";

/**
 * The signature headers of a webhook: HMAC over the raw bytes of the body with the app secret, in the current form and
 * in the legacy one that Meta still sends along.
 */
export function signatureHeaders(appSecret: string, body: string): Record<string, string> {
  return {
    "X-Hub-Signature": `sha1=${createHmac("sha1", appSecret).update(body).digest("hex")}`,
    "X-Hub-Signature-256": `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`,
  };
}

/** The proof that a caller knows the app secret: HMAC over its access token, or over `token|time`. */
export function appSecretProof(appSecret: string, accessToken: string, time?: string): string {
  const message = time === undefined ? accessToken : `${accessToken}|${time}`;
  return createHmac("sha256", appSecret).update(message).digest("hex");
}
