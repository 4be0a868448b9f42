import { z } from "zod";

/**
 * A list or object that a form or a query writes as JSON text, as Graph takes it: `tasks=["MANAGE"]`. Text that is no
 * JSON is left as it is, for the schema to refuse.
 */
export function jsonParam<S extends z.ZodType>(schema: S) {
  return z.preprocess(fromJson, schema);
}

/** A yes or no, which queries and forms write as `true`, `false`, `1` or `0`. */
export const flagParam = z.preprocess((value) => FLAGS.get(value) ?? value, z.boolean());

/** A whole number, which queries and forms write in digits. */
export const countParam = z.preprocess(
  (value) => (typeof value === "string" && /^-?\d+$/u.test(value) ? Number(value) : value),
  z.int(),
);

const FLAGS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ["true", true],
  ["1", true],
  [1, true],
  ["false", false],
  ["0", false],
  [0, false],
]);

function fromJson(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/u.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}
