import { z } from "zod";

/** Spellings that Meta's bodies share, whatever object they stand in. */

/** An id: opaque text. Meta sends some ids as numbers; `readJson` keeps the digits of the long ones. */
export const idText = z.union([z.string().min(1).max(512), z.int().nonnegative().transform(String)]);

/** Digits of a phone number, as `wa_id`, `from` and `recipient_id` carry them. */
export const waId = idText.pipe(z.string().regex(/^\+?\d{4,20}$/)).transform((text) => text.replace("+", ""));

/** An id of a file: Meta's are digits. Nothing else may come to stand in a path or a name of a store. */
export const mediaIdText = z.string().regex(/^[A-Za-z0-9._-]{1,128}$/);

/** A SHA-256 in lower-case hex. Webhooks spell it in base64, the media endpoint in hex; null for anything else. */
export function hexSha256(text: string): string | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  const bytes = /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, "base64") : null;
  return bytes?.length === 32 ? bytes.toString("hex") : null;
}

/** Digits of a business number, however it is written. */
export const numberDigits = idText.transform((text) => text.replaceAll(/\D/g, "")).pipe(z.string().min(4));

/** A name or word of bounded length. */
export const word = z.string().min(1).max(512);

/** A word of a fixed set that Meta spells in either case. */
export const upperCase = word.transform((text) => text.toUpperCase());

/** An object passed on as it is: a copy would give keys like "__proto__" a meaning. */
export const anyObject = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === "object" && value !== null,
);

/** Unix seconds, as text in messages and as a number in preferences; becomes ISO 8601. */
export const unixTime = z
  .union([z.string().regex(/^\d{1,11}$/), z.int().min(0).max(99_999_999_999)])
  .transform((seconds) => new Date(Number(seconds) * 1000).toISOString());

/** A person's identifier that may be hidden: absent, null and empty mean the same; anything else must be readable. */
export function maybe<Schema extends z.ZodType<string>>(schema: Schema) {
  return z
    .union([z.literal("").transform(() => null), schema])
    .nullish()
    .transform((value) => value ?? null);
}

/** A detail that a fact can do without: unreadable counts as absent, so that it never costs the fact itself. */
export function detail<Schema extends z.ZodType>(schema: Schema) {
  return schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);
}

/** The keys that have a value: Meta wants a key left out where we know nothing, and refuses null. */
export function given<Fields extends object>(
  fields: Fields,
): { readonly [Key in keyof Fields]?: NonNullable<Fields[Key]> } {
  const known = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(known) as { readonly [Key in keyof Fields]?: NonNullable<Fields[Key]> };
}

/** An optional text, where it says something: Meta refuses empty ones. */
export function saidOrNull(text: string | null): string | null {
  return text === null || text.trim() === "" ? null : text;
}
