/** Looks at values that were written or sent elsewhere. By hand: the bundles hold no schema library. */

/** True for what JSON calls an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for a part of a whole, 0 to 1. */
export function isShare(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}

/** The value when it is a text, else null. */
export function asText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
