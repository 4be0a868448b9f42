import { asText, isObject } from "./guards.ts";

/** Selectors by which a CRM's page says what we like to know early; the best first. */
export type PageHooks = {
  /** Around the record's name. */
  readonly name: readonly string[];
  /** The link that a list's preview has to its record. */
  readonly preview: readonly string[];
};

/** What a page shows at its hooks: the hook that had a name, and where the preview leads. Null where there is none. */
export type PageLook = { readonly name: string | null; readonly preview: string | null };

/** Reads hooks; null when the value is something else. */
export function toHooks(value: unknown): PageHooks | null {
  if (!isObject(value)) return null;
  const { name, preview } = value;
  return isTexts(name) && isTexts(preview) ? { name, preview } : null;
}

/** Reads a page's answer; null when it is something else. The page may draw what it likes, so it is never more than a hint. */
export function toLook(value: unknown): PageLook | null {
  return isObject(value) ? { name: asText(value.name), preview: asText(value.preview) } : null;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
