import {
  templateVariables,
  variableKey,
  variablePattern,
  type Spot,
  type TemplateVariable,
} from "./template-variables.ts";
import type { PlaceValue, TemplateShape } from "./template.ts";

type Values = Readonly<Record<string, string>>;

export type ValueProblem = {
  readonly key: string;
  readonly name: string;
  readonly rule: "missing" | "whitespace" | "invalid" | "too_long";
};

/** Lengths after the values were put in, in UTF-16 units (Meta, error 132005), and that of a code to copy. */
export const filledLimits = { header: 60, body: 1024, cardBody: 160, offerBody: 600, code: 20 } as const;

/**
 * Checks values before the wire. Meta refuses a parameter with a new line, a tab or more than four spaces in a row
 * (error 132018: "Param text cannot have new-line/tab characters or more than 4 consecutive spaces").
 */
export function valueProblems(shape: TemplateShape, values: Values): ValueProblem[] {
  const variables = templateVariables(shape);
  return variables.flatMap((variable): ValueProblem[] => {
    const value = values[variable.key] ?? "";
    const rule = brokenRule(variable, value) ?? (isTooLong(shape, variable, values) ? "too_long" : null);
    return rule === null ? [] : [{ key: variable.key, name: variable.name, rule }];
  });
}

/** Whether the text in which a value stands is too long as it will leave: each of its values is then asked to be shorter. */
function isTooLong(shape: TemplateShape, variable: TemplateVariable, values: Values): boolean {
  const { part, card, name, kind } = variable;
  if (kind !== "text") return false;
  if (part === "button") return name === "code" && (values[variable.key] ?? "").length > filledLimits.code;
  const [text, limit] = textOf(shape, part, card);
  return filledLength(text, variable, values) > limit;
}

function textOf(shape: TemplateShape, part: Spot["part"], card: number | null): readonly [string, number] {
  if (part === "header") return [shape.header ?? "", filledLimits.header];
  if (card !== null) return [shape.cards[card]?.body ?? "", filledLimits.cardBody];
  return [shape.body, shape.offer ? filledLimits.offerBody : filledLimits.body];
}

function filledLength(text: string, where: Spot, values: Values): number {
  return text.replaceAll(variablePattern, (_, name: string) => values[variableKey(where, name)] ?? "").length;
}

function brokenRule({ kind }: TemplateVariable, value: string): ValueProblem["rule"] | null {
  if (value.trim() === "") return "missing";
  switch (kind) {
    case "text":
      return /[\n\r\t]| {5,}/.test(value) ? "whitespace" : null;
    case "location":
      return readPlace(value) === null ? "invalid" : null;
    case "time":
      return Number.isNaN(Date.parse(value)) ? "invalid" : null;
    case "file":
      return null;
  }
}

/** A place as the value of a variable. */
export function writePlace(place: PlaceValue): string {
  return JSON.stringify([place.latitude, place.longitude, place.name, place.address]);
}

/** The place that `writePlace` wrote; null for anything else, and outside the map. */
export function readPlace(value: string): PlaceValue | null {
  const read: unknown = parse(value);
  if (!Array.isArray(read)) return null;
  const [latitude, longitude, name, address]: readonly unknown[] = read;
  if (typeof latitude !== "number" || typeof longitude !== "number") return null;
  if (typeof name !== "string" || typeof address !== "string") return null;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null;
  return { latitude, longitude, name, address };
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
