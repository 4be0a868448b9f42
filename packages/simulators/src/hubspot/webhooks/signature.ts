import { createHash, createHmac } from "node:crypto";

/** What is signed: the request as it goes out, and when (ms since the epoch). */
export type SignedRequest = { method: string; url: string; body: string; timestamp: number };

/** Escapes that are undone in the address before it is signed (HubSpot, "Validating requests", version 3). */
const DECODED: Readonly<Record<string, string>> = {
  "%3A": ":",
  "%2F": "/",
  "%3F": "?",
  "%40": "@",
  "%21": "!",
  "%24": "$",
  "%27": "'",
  "%28": "(",
  "%29": ")",
  "%2A": "*",
  "%2C": ",",
  "%3B": ";",
};

/** Hex SHA-256 over secret and body. */
export function signatureV1(secret: string, { body }: SignedRequest): string {
  return createHash("sha256")
    .update(secret + body)
    .digest("hex");
}

/** Hex SHA-256 over secret, method, address and body. */
export function signatureV2(secret: string, { method, url, body }: SignedRequest): string {
  return createHash("sha256")
    .update(secret + method + url + body)
    .digest("hex");
}

/** Base64 HMAC-SHA256 over method, address, body and time. */
export function signatureV3(secret: string, { method, url, body, timestamp }: SignedRequest): string {
  const address = url.replaceAll(/%[0-9A-F]{2}/giu, (escape) => DECODED[escape.toUpperCase()] ?? escape);
  return createHmac("sha256", secret)
    .update(method + address + body + timestamp)
    .digest("base64");
}

/** The headers of a webhook: version 3, and version 1 as it is sent along with it. */
export function signatureHeaders(secret: string, request: SignedRequest): Record<string, string> {
  return {
    "X-HubSpot-Signature": signatureV1(secret, request),
    "X-HubSpot-Signature-Version": "v1",
    "X-HubSpot-Signature-v3": signatureV3(secret, request),
    "X-HubSpot-Request-Timestamp": String(request.timestamp),
  };
}
