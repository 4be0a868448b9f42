import type { SObject } from "../../salesforce/record-store.ts";
import type { Field } from "../../salesforce/schema/field.ts";
import type { FieldKind, FieldView } from "./lightning-view.ts";
import type { OrgSource } from "./org-source.ts";

const DATE = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "UTC" });
const MOMENT = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
const AMOUNT = new Intl.NumberFormat("en-US", { style: "currency", currency: "EUR", maximumFractionDigits: 0 });

const KINDS: Readonly<Partial<Record<Field["type"], FieldKind>>> = {
  phone: "phone",
  email: "email",
  url: "url",
  boolean: "flag",
  picklist: "choice",
  reference: "lookup",
  textarea: "long",
};
/** Long texts and lookups other than the owner are left to the API. */
const NOT_EDITED = new Set<FieldKind>(["lookup", "long"]);

/** These fields of a record, in this order, in the words that people read; a field that the object lacks is left out. */
export function describeFields(source: OrgSource, record: SObject, names: readonly string[]): FieldView[] {
  return names.flatMap((name) => {
    const field = record.type.field(name);
    return field === undefined ? [] : [describeField(source, record, field)];
  });
}

/** What stands in a field, in the words that people read; empty where nothing does. */
export function shownValue(source: OrgSource, record: SObject, name: string): string {
  const field = record.type.field(name);
  const value = record.values[name] ?? null;
  if (field === undefined || value === null) return "";
  const text = String(value);
  return WORDS[field.type]?.(text, source) ?? text;
}

/** Types whose values read otherwise than they are kept. */
const WORDS: Readonly<Partial<Record<Field["type"], (value: string, source: OrgSource) => string>>> = {
  reference: (id, source) => source.nameOf(id) ?? id,
  currency: (value) => AMOUNT.format(Number(value)),
  date: (value) => DATE.format(Date.parse(value)),
  datetime: (value) => MOMENT.format(Date.parse(value)),
  boolean: (value) => (value === "true" ? "Yes" : "No"),
};

function describeField(source: OrgSource, record: SObject, field: Field): FieldView {
  const raw = String(record.values[field.name] ?? "");
  const kind = KINDS[field.type] ?? "text";
  const target = kind === "lookup" ? source.find(raw) : undefined;
  const isOwner = field.name === "OwnerId";
  const users = isOwner ? source.list("User") : [];
  return {
    name: field.name,
    label: field.label.replace(/ Id$/u, ""),
    kind,
    value: shownValue(source, record, field.name),
    raw,
    target: target === undefined ? null : { id: target.record.id, object: target.object },
    editable: field.updateable && (isOwner || !NOT_EDITED.has(kind)),
    choices: isOwner
      ? users.map((user) => [user.id, source.nameOf(user.id) ?? user.id] as const)
      : field.values.map((value) => [value, value] as const),
  };
}
