import type { SObject } from "../record-store.ts";
import { noSuchField } from "../salesforce-error.ts";
import type { Field } from "../schema/field.ts";
import type { ObjectType } from "../schema/object-type.ts";

/** `{type, url}`, which stands before the fields of each record in an answer. */
export function attributesOf(record: SObject, version: string): { type: string; url: string } {
  return { type: record.type.name, url: recordUrl(record, version) };
}

export function recordUrl({ type, id }: SObject, version: string): string {
  return `/services/data/v${version}/sobjects/${type.name}/${id}`;
}

/** The value of a field as the API answers it: null where there is none, and for bytes the path at which they are. */
export function presentValue(record: SObject, field: Field, version: string): string | number | boolean | null {
  const value = record.values[field.name] ?? null;
  return field.type === "base64" && value !== null ? `${recordUrl(record, version)}/${field.name}` : value;
}

/** A record with these fields, or with all of them. */
export function presentRecord(
  record: SObject,
  { version, fields = record.type.fields }: { version: string; fields?: readonly Field[] | undefined },
): Record<string, unknown> {
  const values = fields.map((field) => [field.name, presentValue(record, field, version)] as const);
  return { attributes: attributesOf(record, version), ...Object.fromEntries(values) };
}

/** The fields of a `fields` parameter, and the id, which is always answered; undefined where all are. Refuses (400) unknown ones. */
export function readFields(type: ObjectType, names: readonly string[]): readonly Field[] | undefined {
  const asked = names.map((name) => name.trim()).filter((name) => name !== "");
  if (asked.length === 0) return undefined;
  const fields = [...asked, "Id"].map((name) => {
    const field = type.field(name);
    if (field === undefined) throw noSuchField(name, type.name);
    return field;
  });
  return [...new Set(fields)];
}
