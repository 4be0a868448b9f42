import type { PropertyType } from "./property-definition.ts";
import { readTime } from "./property-values.ts";
import type { Filter } from "./search-request.ts";

/** Whether a value meets a filter. A record without the value meets only the operators that deny something. */
export function meetsFilter(filter: Filter, value: string | undefined, type: PropertyType): boolean {
  switch (filter.operator) {
    case "HAS_PROPERTY":
      return value !== undefined;
    case "NOT_HAS_PROPERTY":
      return value === undefined;
    case "IN":
      return value !== undefined && isAmong(filter.values, value, type);
    case "NOT_IN":
      return value === undefined || !isAmong(filter.values, value, type);
    case "NEQ":
      return value === undefined || compareValues(value, filter.value, type) !== 0;
    case "NOT_CONTAINS_TOKEN":
      return value === undefined || !containsToken(value, filter.value);
    case "CONTAINS_TOKEN":
      return value !== undefined && containsToken(value, filter.value);
    case "BETWEEN":
      return (
        value !== undefined &&
        compareValues(value, filter.value, type) >= 0 &&
        compareValues(value, filter.highValue, type) <= 0
      );
    case "EQ":
    case "LT":
    case "LTE":
    case "GT":
    case "GTE":
      return value !== undefined && meetsOrder(filter.operator, compareValues(value, filter.value, type));
  }
}

/** Orders two values as their type orders them: numbers and times by size, texts without regard to case. */
export function compareValues(a: string, b: string, type: PropertyType): number {
  if (type === "number") return Number(a) - Number(b);
  if (type === "date" || type === "datetime") return (readTime(a) ?? Number.NaN) - (readTime(b) ?? Number.NaN);
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}

function meetsOrder(operator: "EQ" | "LT" | "LTE" | "GT" | "GTE", order: number): boolean {
  switch (operator) {
    case "EQ":
      return order === 0;
    case "LT":
      return order < 0;
    case "LTE":
      return order <= 0;
    case "GT":
      return order > 0;
    case "GTE":
      return order >= 0;
  }
}

/** HubSpot's index keeps texts in lower case and compares IN with them as given: upper case never matches there. */
function isAmong(values: readonly string[], value: string, type: PropertyType): boolean {
  if (type === "string") return values.includes(value.toLowerCase());
  return values.some((candidate) => compareValues(value, candidate, type) === 0);
}

/** Texts are taken apart into words. `*` in what is looked for stands for any run of characters of a word. */
function containsToken(value: string, wanted: string): boolean {
  const found = tokens(value);
  const looked = tokens(wanted);
  return looked.length > 0 && looked.every((word) => found.some((token) => matchesWildcard(token, word)));
}

function matchesWildcard(token: string, word: string): boolean {
  // Words hold letters and digits only, so nothing in them means something else in a regular expression.
  return new RegExp(`^${word.replaceAll("*", ".*")}$`, "u").test(token);
}

/** The words of a text. */
export function tokens(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}*]+/gu) ?? [];
}
