import type { PropertyProblem } from "./api-error.ts";
import type { PropertyDefinition } from "./property-definition.ts";

/** A value that fits, in the form in which it is kept (null: cleared), or what is wrong with it. */
export type ValueReading = { ok: true; value: string | null } | { ok: false; problem: PropertyProblem };

type Refusal = { code: string; message: string };

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/u;
const DIGITS = /^-?\d+$/u;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/u;
const ISO_DATETIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/u;
const DAY_MS = 86_400_000;

/** A time as HubSpot writes it in property values: ISO 8601 in UTC, without milliseconds where there are none. */
export function hubspotTime(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

/**
 * Reads the value that a write gives for a property: a string, number or boolean as JSON has it; an empty string and
 * null clear the property. `ownerIds` are the portal's owners.
 */
export function readValue(definition: PropertyDefinition, given: unknown, ownerIds: ReadonlySet<string>): ValueReading {
  const { name } = definition;
  if (definition.readOnly) {
    const message = `"${name}" is a read only property; its value cannot be set.`;
    return { ok: false, problem: { name, code: "READ_ONLY_VALUE", message } };
  }
  if (given === null || given === "") return { ok: true, value: null };
  if (typeof given !== "string" && typeof given !== "number" && typeof given !== "boolean") {
    return { ok: false, problem: { name, code: "INVALID_VALUE", message: `"${name}" must be a string` } };
  }
  const read = readText(definition, String(given), ownerIds);
  return typeof read === "string" ? { ok: true, value: read } : { ok: false, problem: { name, ...read } };
}

function readText(definition: PropertyDefinition, given: string, ownerIds: ReadonlySet<string>): string | Refusal {
  switch (definition.type) {
    case "number":
      return given.trim() !== "" && Number.isFinite(Number(given))
        ? given
        : { code: "INVALID_DOUBLE", message: `${given} was not a valid number.` };
    case "bool":
      return given === "true" || given === "false"
        ? given
        : { code: "INVALID_BOOLEAN", message: `${given} was not a valid boolean.` };
    case "date":
      return readDate(given) ?? { code: "INVALID_DATE", message: `${given} was not a valid date.` };
    case "datetime": {
      const ms = readTime(given);
      if (ms === undefined) return { code: "INVALID_DATE", message: `${given} was not a valid long.` };
      return hubspotTime(ms);
    }
    case "enumeration":
      return readChoice(definition, given, ownerIds);
    case "string":
    case "phone_number":
      return readString(definition, given);
  }
}

function readString({ name, maxLength }: PropertyDefinition, given: string): string | Refusal {
  if (given.length > maxLength) {
    return { code: "STRING_TOO_LONG", message: `"${name}" holds more than ${maxLength} characters.` };
  }
  if (name === "email" && !EMAIL.test(given)) {
    return { code: "INVALID_EMAIL", message: `Email address ${given} is invalid` };
  }
  return name === "email" ? given.toLowerCase() : given;
}

function readChoice(definition: PropertyDefinition, given: string, ownerIds: ReadonlySet<string>): string | Refusal {
  if (definition.ownerOptions) {
    return ownerIds.has(given) ? given : { code: "INVALID_OWNER_ID", message: `Owner ${given} does not exist` };
  }
  const values = new Set(definition.options.map((option) => option.value));
  const chosen = definition.fieldType === "checkbox" ? given.split(";").filter((value) => value !== "") : [given];
  const stranger = chosen.find((value) => !values.has(value));
  if (stranger === undefined) return given;
  const allowed = definition.options.map(({ label, value }) => `label: "${label}" value: "${value}"`).join(", ");
  return { code: "INVALID_OPTION", message: `${stranger} was not one of the allowed options: [${allowed}]` };
}

/** Time in ms of a datetime value: ms since the epoch or ISO 8601; undefined when it is neither. */
export function readTime(given: string): number | undefined {
  const ms = DIGITS.test(given) ? Number(given) : ISO_DATETIME.test(given) ? Date.parse(given) : Number.NaN;
  return Number.isNaN(ms) || Number.isNaN(new Date(ms).getTime()) ? undefined : ms;
}

/** A date is `YYYY-MM-DD` or midnight UTC in ms. */
function readDate(given: string): string | undefined {
  if (ISO_DATE.test(given)) return Number.isNaN(Date.parse(given)) ? undefined : given;
  const ms = DIGITS.test(given) ? Number(given) : Number.NaN;
  return ms % DAY_MS === 0 ? new Date(ms).toISOString().slice(0, 10) : undefined;
}
