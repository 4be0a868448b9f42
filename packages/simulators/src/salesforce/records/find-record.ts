import type { Org } from "../org.ts";
import type { SObject } from "../record-store.ts";
import { readRecordId } from "../record-id.ts";
import { entityIsDeleted, notFound, SalesforceError } from "../salesforce-error.ts";
import type { Field, FieldValue } from "../schema/field.ts";
import type { ObjectType } from "../schema/object-type.ts";
import { readValue } from "./read-value.ts";

/** The object that a path names; refuses (404) one that does not exist. */
export function requireType(org: Org, name: string): ObjectType {
  const type = org.schema.find(name);
  if (type === undefined) throw notFound();
  return type;
}

/** Refuses (400) objects that callers only read. */
export function requireWritable(type: ObjectType, operation: "create" | "update" | "delete"): void {
  if (type.writable) return;
  throw new SalesforceError(
    400,
    "INVALID_TYPE_FOR_OPERATION",
    `entity type ${type.name} does not support ${operation}`,
  );
}

/** The live record of this id, of 15 or 18 characters. Refuses what is no id (400), not there or deleted (404). */
export function requireRecord(org: Org, type: ObjectType, given: string): SObject {
  const id = readRecordId(given);
  if (id === undefined) throw new SalesforceError(400, "MALFORMED_ID", `malformed id ${given}`, { fields: ["Id"] });
  const record = org.records.find(type, id);
  if (record === undefined) throw notFound();
  if (record.deletedAt !== undefined) throw entityIsDeleted();
  return record;
}

/** The records whose key has this value; refuses (404) a field that is no key of the object. */
export function recordsByKey(
  org: Org,
  type: ObjectType,
  key: { name: string; value: string },
): { field: Field; value: FieldValue; records: SObject[] } {
  const field = type.field(key.name);
  if (field?.idLookup !== true) {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${key.name}`);
  }
  const value = readValue(field, key.value);
  return { field, value, records: value === null ? [] : org.records.withValue(type, field.name, value) };
}
