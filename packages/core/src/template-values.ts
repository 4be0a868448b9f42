import { templateVariables, type TemplateVariable } from "./template-variables.ts";
import type { PlaceValue, TemplateShape } from "./template.ts";

export type ValueProblem = {
  readonly key: string;
  readonly name: string;
  readonly rule: "missing" | "whitespace" | "invalid";
};

/**
 * Checks values before the wire. Meta refuses a parameter with a new line, a tab or more than four spaces in a row
 * (error 132018: "Param text cannot have new-line/tab characters or more than 4 consecutive spaces").
 */
export function valueProblems(shape: TemplateShape, values: Readonly<Record<string, string>>): ValueProblem[] {
  return templateVariables(shape).flatMap((variable): ValueProblem[] => {
    const rule = brokenRule(variable, values[variable.key] ?? "");
    return rule === null ? [] : [{ key: variable.key, name: variable.name, rule }];
  });
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
