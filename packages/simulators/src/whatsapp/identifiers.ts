import { createHash, randomBytes, randomInt } from "node:crypto";

/** Whether a message goes out from the business or comes in from a person. */
export type Direction = "outbound" | "inbound";

/**
 * A message id in the form seen in real traffic: `wamid.` and base64 over a small binary record that holds the
 * person's phone digits, the direction and a random hexadecimal id.
 */
export function newWamid(phoneDigits: string, direction: Direction): string {
  const hexId = randomBytes(direction === "outbound" ? 9 : 10)
    .toString("hex")
    .toUpperCase();
  const record = Buffer.concat([
    Buffer.from([0x1c, 0x18, phoneDigits.length]),
    Buffer.from(phoneDigits, "latin1"),
    Buffer.from([0x15, 0x02, 0x00, direction === "outbound" ? 0x11 : 0x12, 0x18, hexId.length]),
    Buffer.from(hexId, "latin1"),
    Buffer.from([0x00]),
  ]);
  return `wamid.${record.toString("base64")}`;
}

/**
 * The business-scoped user id of a person: country and 20 digits. The same person has another id in every business
 * portfolio, and always the same one in the same portfolio.
 */
export function businessScopedUserId(businessId: string, waId: string, country: string): string {
  const digest = createHash("sha256").update(`${businessId}:${waId}`).digest("hex");
  const digits = (BigInt(`0x${digest}`) % 10n ** 20n).toString().padStart(20, "1");
  return `${country}.${digits}`;
}

/** `fbtrace_id` of an error: `A` and 22 characters. */
export function newTraceId(): string {
  return `A${randomBytes(16).toString("base64url")}`;
}

/** A new object id as Meta gives them: 16 decimal digits in a string, small enough to be exact as a JSON number. */
export function newObjectId(): string {
  return `1${randomInt(10 ** 7, 10 ** 8)}${randomInt(10 ** 6, 10 ** 7)}`;
}
