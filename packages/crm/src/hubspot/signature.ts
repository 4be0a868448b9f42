import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingWebhook } from "../record.ts";

/** How old a webhook may be, in milliseconds (HubSpot, "Validating requests", version 3). */
const maxAgeMs = 5 * 60_000;

/** The escapes that HubSpot undoes in an address before it signs it; all others stay as they are. */
const undone: Readonly<Record<string, string>> = {
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

/**
 * Whether HubSpot has sent this within the last five minutes: HMAC-SHA256 over method, address, body and time with the
 * app's secret (signature v3). A webhook with the older versions alone is not believed: they do not protect the time.
 */
export function isGenuine({ method, url, headers, body, now }: IncomingWebhook, clientSecret: string): boolean {
  const given = headers["x-hubspot-signature-v3"];
  const time = headers["x-hubspot-request-timestamp"];
  if (given === undefined || time === undefined || !/^\d{1,15}$/u.test(time)) return false;
  if (Math.abs(now.getTime() - Number(time)) > maxAgeMs) return false;
  const signed = createHmac("sha256", clientSecret)
    .update(method + signedAddress(url))
    .update(body)
    .update(time)
    .digest();
  const claimed = Buffer.from(given, "base64");
  return claimed.length === signed.length && timingSafeEqual(claimed, signed);
}

function signedAddress(url: string): string {
  return url.replaceAll(/%[0-9a-f]{2}/giu, (escape) => undone[escape.toUpperCase()] ?? escape);
}
