import type { z } from "zod";
import { refuseCloud, refuseParameter } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

/** How a broken length or count is refused: by Graph itself (100) or by the Cloud API (131009 with details). */
export type LengthRefusal = "graph" | "cloud";

/** What becomes of a key that an object of Meta's does not have: Meta does not say, so it is for the tests to choose. */
export type UnknownKeys = "refuse" | "ignore";

export type ParamRules = { lengths?: LengthRefusal; unknownKeys?: UnknownKeys };

/**
 * Parses a parameter of a request, `root` being its name (empty for the whole body). Returns the data, or the refusal
 * of the first thing that is wrong, in Graph's words: missing, of another type, too long, unexpected key, not one of.
 */
export function parseParam<T>(
  schema: z.ZodType<T>,
  value: unknown,
  root: string,
  { lengths = "graph", unknownKeys = "refuse" }: ParamRules = {},
): T | Refusal {
  const known = unknownKeys === "ignore" ? withoutUnknownKeys(schema, value) : value;
  const parsed = schema.safeParse(known, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return issue === undefined ? refuseParameter("Invalid parameter") : refuseIssue(issue, root, lengths);
}

/** A copy of a value without the keys that its schema does not have; what is wrong otherwise stays wrong. */
function withoutUnknownKeys(schema: z.ZodType, value: unknown): unknown {
  const copy: unknown = structuredClone(value);
  const issues = schema.safeParse(copy).error?.issues ?? [];
  for (const issue of issues) {
    if (issue.code !== "unrecognized_keys") continue;
    const owner = issue.path.reduce<unknown>((at, step) => (isRecord(at) ? at[step] : undefined), copy);
    if (isRecord(owner)) for (const key of issue.keys) delete owner[key];
  }
  return copy;
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}

/** `["components", 0, "type"]` under `template` is `template['components'][0]['type']`. */
export function paramName(root: string, path: readonly PropertyKey[]): string {
  const [head, ...rest] = root === "" ? path : [root, ...path];
  const steps = rest.map((step) => (typeof step === "number" ? `[${step}]` : `['${String(step)}']`));
  return `${String(head ?? "body")}${steps.join("")}`;
}

function refuseIssue(found: z.core.$ZodIssue, root: string, lengths: LengthRefusal): Refusal {
  const issue = closestIssue(found);
  const name = paramName(root, issue.path);
  const reason = reasonOf(issue, name);
  const isLength = issue.code === "too_big" || issue.code === "too_small" || issue.code === "custom";
  return isLength && lengths === "cloud" ? refuseCloud(131009, reason) : refuseParameter(reason);
}

/** Of a value that could be one of several shapes: the first thing wrong with the shape that least is wrong with. */
function closestIssue(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== "invalid_union") return issue;
  const [fewest = []] = issue.errors.toSorted((a, b) => a.length - b.length);
  const [closest] = fewest;
  if (closest === undefined || (closest.code === "invalid_type" && closest.path.length === 0)) return issue;
  return closestIssue({ ...closest, path: [...issue.path, ...closest.path] });
}

function reasonOf(issue: z.core.$ZodIssue, name: string): string {
  const isMissing = issue.input === undefined && (issue.code === "invalid_type" || issue.code === "invalid_value");
  if (isMissing) return `The parameter ${name} is required.`;
  if (issue.code === "invalid_type") return `Param ${name} must be ${article(issue)}.`;
  if (issue.code === "invalid_value") {
    return `Param ${name} must be one of {${issue.values.map(String).join(", ")}} - got ${JSON.stringify(issue.input)}.`;
  }
  if (issue.code === "unrecognized_keys") return `Unexpected key "${issue.keys[0]}" on param "${name}".`;
  if (issue.code === "too_big") return `Param ${name} must be at most ${sizeOf(issue.maximum, issue.origin)}.`;
  if (issue.code === "too_small") return `Param ${name} must be at least ${sizeOf(issue.minimum, issue.origin)}.`;
  return `Param ${name} ${issue.message}.`;
}

function article(issue: z.core.$ZodIssueInvalidType): string {
  return /^[aeio]/u.test(issue.expected) ? `an ${issue.expected}` : `a ${issue.expected}`;
}

function sizeOf(limit: number | bigint, origin: string): string {
  if (origin === "string") return `${limit} characters long`;
  return origin === "array" ? `${limit} elements long` : String(limit);
}
