import { SalesforceError } from "../salesforce-error.ts";

/** The answers so far, by reference id, of the parts of a composite call that went well. */
export type Earlier = ReadonlyMap<string, unknown>;

const REFERENCE = /@\{([^}]+)\}/gu;

/** Replaces `@{ref.field}`, `@{ref.records[0].Id}` and the like in a text. Refuses (400) what earlier answers do not have. */
export function fillIn(text: string, earlier: Earlier): string {
  return text.replaceAll(REFERENCE, (_whole, expression: string) => String(lookUp(expression, earlier)));
}

/** The same in all texts of a body, however deep. */
export function fillInBody(body: unknown, earlier: Earlier): unknown {
  if (typeof body === "string") return fillIn(body, earlier);
  if (Array.isArray(body)) return body.map((item) => fillInBody(item, earlier));
  if (typeof body !== "object" || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, fillInBody(value, earlier)]));
}

function lookUp(expression: string, earlier: Earlier): string | number | boolean {
  const [reference = "", ...path] = expression.split(/[.[\]]+/u).filter((step) => step !== "");
  let value = earlier.get(reference);
  for (const step of path) value = memberOf(value, step);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  throw new SalesforceError(
    400,
    "PROCESSING_HALTED",
    `Invalid reference specified. No value for ${expression} found in ${reference}`,
  );
}

/** Members are found in any spelling: `@{a.Id}` is the `id` that creating answers. */
function memberOf(value: unknown, step: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([name]) => name.toLowerCase() === step.toLowerCase())?.[1];
}
