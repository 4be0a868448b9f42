/** Deeper bodies than this are refused unread; Meta's deepest known one has 12 levels. */
const maxDepth = 64;

/** Spots where plain JSON.parse would lose digits or let characters in that a database refuses. */
const needsCare = /\d{16}|\\u0000|\\ud[89a-f]/i;

export type JsonProblem = "not_json" | "too_deep";
export type JsonReading =
  | { readonly problem: null; readonly value: unknown }
  | { readonly problem: JsonProblem; readonly value: null };

/**
 * Reads JSON that a stranger wrote, in linear time. Whole numbers too large for a double become strings with all their
 * digits (Meta's template ids are numbers), and every string and key can be stored: lone surrogates and NUL, which
 * Postgres refuses in text and jsonb, become U+FFFD.
 */
export function readJson(body: string | Uint8Array): JsonReading {
  const text = typeof body === "string" ? body : new TextDecoder().decode(body);
  const value = parse(text);
  if (value === undefined) return { problem: "not_json", value: null };
  // Counted before the second reading, because a reviver recurses and deep bodies would end the stack.
  if (isDeeperThan(maxDepth, value)) return { problem: "too_deep", value: null };
  const careful = needsCare.test(text) || !text.isWellFormed();
  return { problem: null, value: careful ? JSON.parse(text, reviveStorable) : value };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isDeeperThan(limit: number, value: unknown): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return false;
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function reviveStorable(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value === "string") return storable(value);
  if (typeof value === "number") return digitsOf(value, context?.source);
  if (!isContainer(value) || Array.isArray(value) || Object.keys(value).every(isStorable)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storable(key), item]));
}

function digitsOf(value: number, source: string | undefined): number | string {
  if (Number.isSafeInteger(value) || source === undefined) return value;
  return /^-?\d+$/.test(source) ? source : value;
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

function storable(text: string): string {
  return isStorable(text) ? text : text.toWellFormed().replaceAll("\0", "\uFFFD");
}
