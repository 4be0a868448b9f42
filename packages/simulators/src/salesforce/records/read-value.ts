import { z } from "zod";
import { readRecordId } from "../record-id.ts";
import { malformedId, refused, SalesforceError } from "../salesforce-error.ts";
import { salesforceTime } from "../salesforce-time.ts";
import type { Field, FieldType, FieldValue } from "../schema/field.ts";

type Reader = (field: Field, given: string | number | boolean) => FieldValue;

const emailSchema = z.email();
const dateSchema = z.iso.date();
/** `2026-11-22T09:14:00Z`, with or without milliseconds, with `+0100`, `+01:00` or no zone at all, which is UTC. */
const DATETIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:?\d{2})?$/u;

/** How a value of each type is read into the form in which it is kept. */
const READERS: Readonly<Record<FieldType, Reader>> = {
  id: readReference,
  reference: readReference,
  string: readText,
  textarea: readText,
  phone: readText,
  url: readText,
  base64: readText,
  email: readEmail,
  picklist: readChoice,
  boolean: readFlag,
  int: readWhole,
  double: readNumber,
  currency: readNumber,
  date: readDay,
  datetime: readMoment,
};

/** Reads one value of a write. Empty text is no value. Refuses (400) with the code that Salesforce has for what is wrong. */
export function readValue(field: Field, given: unknown): FieldValue {
  if (given === null || given === undefined || given === "") {
    if (field.type === "boolean") throw notOfType(field);
    return null;
  }
  if (typeof given !== "string" && typeof given !== "number" && typeof given !== "boolean") {
    throw notReadable(field, "START_OBJECT");
  }
  return READERS[field.type](field, given);
}

function readText(field: Field, given: string | number | boolean): FieldValue {
  const text = String(given).trim();
  if (field.length > 0 && text.length > field.length) {
    throw refused("STRING_TOO_LONG", `${field.label}: data value too large: ${text} (max length=${field.length})`, [
      field.name,
    ]);
  }
  return text === "" ? null : text;
}

function readEmail(field: Field, given: string | number | boolean): FieldValue {
  const address = readText(field, given);
  if (address === null || emailSchema.safeParse(address).success) return address;
  throw refused("INVALID_EMAIL_ADDRESS", `${field.label}: invalid email address: ${String(given)}`, [field.name]);
}

function readChoice(field: Field, given: string | number | boolean): FieldValue {
  const choice = readText(field, given);
  if (!field.restricted || choice === null) return choice;
  const known = field.values.find((value) => value.toLowerCase() === String(choice).toLowerCase());
  if (known !== undefined) return known;
  throw refused(
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    `${field.label}: bad value for restricted picklist field: ${String(given)}`,
    [field.name],
  );
}

function readReference(field: Field, given: string | number | boolean): FieldValue {
  const id = readRecordId(String(given));
  if (id === undefined) throw malformedId(String(given), field.name);
  return id;
}

function readFlag(field: Field, given: string | number | boolean): FieldValue {
  if (given === true || given === "true") return true;
  if (given === false || given === "false") return false;
  throw notReadable(field, `VALUE_STRING value ${given}`);
}

function readNumber(field: Field, given: string | number | boolean): FieldValue {
  const number = typeof given === "boolean" ? Number.NaN : Number(given);
  if (!Number.isFinite(number)) throw notReadable(field, `VALUE_STRING value ${given}`);
  return number;
}

function readWhole(field: Field, given: string | number | boolean): FieldValue {
  const number = readNumber(field, given);
  if (!Number.isInteger(number)) throw notReadable(field, `VALUE_NUMBER_FLOAT value ${given}`);
  return number;
}

function readDay(field: Field, given: string | number | boolean): FieldValue {
  const day = dateSchema.safeParse(given);
  if (!day.success) throw notReadable(field, `VALUE_STRING value ${given}`);
  return day.data;
}

function readMoment(field: Field, given: string | number | boolean): FieldValue {
  const text = String(given);
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/u.test(text) ? text : `${text}Z`;
  const at = DATETIME.test(text) ? Date.parse(zoned.replace(/([+-]\d{2})(\d{2})$/u, "$1:$2")) : Number.NaN;
  if (Number.isNaN(at)) throw notReadable(field, `VALUE_STRING value ${given}`);
  return salesforceTime(at);
}

function notReadable(field: Field, what: string): SalesforceError {
  return new SalesforceError(
    400,
    "JSON_PARSER_ERROR",
    `Cannot deserialize instance of ${field.type} from ${what} or request may be missing a required field at [line:1, column:2]`,
  );
}

function notOfType(field: Field): SalesforceError {
  return refused("INVALID_TYPE_ON_FIELD_IN_RECORD", `${field.label}: value not of required type: `, [field.name]);
}
