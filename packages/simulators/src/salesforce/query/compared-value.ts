import { readRecordId } from "../record-id.ts";
import type { SalesforceError } from "../salesforce-error.ts";
import type { Field, FieldType, FieldValue } from "../schema/field.ts";
import { charactersOf } from "./lexer.ts";
import { readPeriod, startOfDay } from "./periods.ts";
import type { QueryContext } from "./query-context.ts";
import { queryRefusal } from "./query-refusal.ts";
import type { Place } from "./query-refusal.ts";
import type { Literal } from "./soql.ts";

/** A value in the form in which two of the same field are compared by `<`; null where there is none. */
export type Key = string | number | null;

/** What a field is compared with: a value, or a stretch of time from `start` up to, but without, `end`. */
export type Wanted = { kind: "key"; key: Key } | { kind: "range"; start: Key; end: Key };

type Family = "text" | "id" | "boolean" | "number" | "date" | "datetime";

/** Which types compare alike. */
const FAMILIES: Readonly<Record<FieldType, Family>> = {
  id: "id",
  reference: "id",
  string: "text",
  textarea: "text",
  phone: "text",
  email: "text",
  url: "text",
  picklist: "text",
  base64: "text",
  boolean: "boolean",
  int: "number",
  double: "number",
  currency: "number",
  date: "date",
  datetime: "datetime",
};

/** Salesforce's words for what a value has to look like. */
const EXPECTED: Readonly<Record<Family, string>> = {
  text: "must be of type string and should be enclosed in quotes",
  id: "must be of type string and should be enclosed in quotes",
  boolean: "must be of type boolean and should not be enclosed in quotes",
  number: "must be of type double and should not be enclosed in quotes",
  date: "must be of type date and should not be enclosed in quotes",
  datetime: "must be of type dateTime and should not be enclosed in quotes",
};

export const isText = ({ type }: Field): boolean => FAMILIES[type] === "text";
export const isNumber = ({ type }: Field): boolean => FAMILIES[type] === "number";
export const isId = ({ type }: Field): boolean => FAMILIES[type] === "id";

/** A record's value as a key. Text compares without regard to case, unless the field says otherwise. */
export function keyOf({ type, caseSensitive }: Field, value: FieldValue): Key {
  if (value === null) return null;
  if (typeof value === "boolean") return Number(value);
  if (type === "datetime") return Date.parse(String(value));
  return typeof value === "string" && FAMILIES[type] === "text" && !caseSensitive ? value.toLowerCase() : value;
}

/** What a literal means for a field. Refuses (400) one of another type, with the code that Salesforce has for it. */
export function readWanted(
  context: QueryContext,
  field: Field,
  { literal, place }: { literal: Literal; place: Place },
): Wanted {
  const family = FAMILIES[field.type];
  if (literal.kind === "null") return { kind: "key", key: null };
  if (literal.kind === "period") {
    const range = family === "date" || family === "datetime" ? readRange(context, family, literal) : undefined;
    return range ?? refuse(wrongType(field, family, place));
  }
  const value = readPlain(family, literal);
  if (value !== undefined) return { kind: "key", key: keyOf(field, value) };
  const isMistakenId = family === "id" && literal.kind === "text";
  throw isMistakenId
    ? queryRefusal("INVALID_QUERY_FILTER_OPERATOR", place, `invalid ID field: ${literal.text}`)
    : wrongType(field, family, place);
}

function readPlain(family: Family, literal: Exclude<Literal, { kind: "null" | "period" }>): FieldValue | undefined {
  switch (literal.kind) {
    case "text": {
      const text = charactersOf(literal.text)
        .map(({ character }) => character)
        .join("");
      // Salesforce keeps no empty text: it is the same as none.
      if (family === "text" || (family === "id" && text === "")) return text === "" ? null : text;
      return family === "id" ? readRecordId(text) : undefined;
    }
    case "number":
      return family === "number" ? literal.number : undefined;
    case "boolean":
      return family === "boolean" ? literal.boolean : undefined;
    case "date":
      return family === "date" ? literal.day : undefined;
    case "datetime":
      return family === "datetime" ? new Date(literal.moment).toISOString() : undefined;
  }
}

function readRange(
  { today, zone }: QueryContext,
  family: "date" | "datetime",
  { name, count }: Extract<Literal, { kind: "period" }>,
): Wanted | undefined {
  const period = readPeriod(name, count, today);
  if (period === undefined) return undefined;
  const key = (day: string) => (family === "date" ? day : startOfDay(day, zone));
  return { kind: "range", start: key(period.start), end: key(period.end) };
}

function wrongType(field: Field, family: Family, place: Place): SalesforceError {
  return queryRefusal(
    "INVALID_FIELD",
    place,
    `value of filter criterion for field '${field.name}' ${EXPECTED[family]}`,
  );
}

function refuse(error: SalesforceError): never {
  throw error;
}
