import type { Org } from "../org.ts";
import { noSuchField, refused, SalesforceError } from "../salesforce-error.ts";
import type { Field, FieldValue } from "../schema/field.ts";
import type { ObjectType } from "../schema/object-type.ts";
import { readValue } from "./read-value.ts";

export type Values = Record<string, FieldValue>;
/** A body's members, before they are compared with the schema. */
export type Given = Readonly<Record<string, unknown>>;
type Use = "create" | "update";

/**
 * Reads what a body gives to the fields of an object, in the form in which it is kept. A parent can be named by one of
 * its keys (`{"Account": {"Key__c": "1"}}`). Refuses (400) unknown fields, then those that a caller may not set, then values.
 */
export function readValues(org: Org, type: ObjectType, given: Given, use: Use): Values {
  const members = Object.entries(given).filter(([name]) => name !== "attributes");
  if (members.some(([name]) => name.toLowerCase() === "id")) throw notInBody("Id");
  const found = members.map(([name, value]) => findField(org, type, name, value));
  const fixed = found.filter(({ field }) => !(use === "create" ? field.createable : field.updateable));
  if (fixed.length > 0) throw notWritable(fixed.map(({ field }) => field.name));
  return Object.fromEntries(found.map(({ field, value }) => [field.name, readValue(field, value)]));
}

/** 400: a field whose value is already said by the path. */
export function notInBody(name: string): SalesforceError {
  return new SalesforceError(400, "INVALID_FIELD", `The ${name} field should not be specified in the sobject data.`);
}

/** Refuses (400) a record without a value in a field that must have one. */
export function requireValues(type: ObjectType, values: Values): void {
  const missing = type.fields
    .filter(({ nillable, createable }) => !nillable && createable)
    .map(({ name }) => name)
    .filter((name) => values[name] === undefined || values[name] === null);
  if (missing.length === 0) return;
  throw refused("REQUIRED_FIELD_MISSING", `Required fields are missing: [${missing.join(", ")}]`, missing);
}

function findField(org: Org, type: ObjectType, name: string, value: unknown): { field: Field; value: unknown } {
  const field = type.field(name);
  if (field !== undefined) return { field, value };
  const lookup = type.fields.find(({ relationshipName }) => relationshipName?.toLowerCase() === name.toLowerCase());
  if (lookup === undefined || typeof value !== "object" || value === null) throw noSuchField(name, type.name);
  return { field: lookup, value: parentId(org, lookup, value) };
}

/** The id of the parent that has this key. */
function parentId(org: Org, lookup: Field, key: object): string {
  const [entry, ...more] = Object.entries(key).filter(([name]) => name !== "attributes");
  const [name, value] = entry ?? ["", null];
  for (const parentName of lookup.referenceTo) {
    const parent = org.schema.find(parentName);
    const field = parent?.field(name);
    if (parent === undefined || field?.idLookup !== true || more.length > 0) continue;
    const [record] = org.records.withValue(parent, field.name, readValue(field, value));
    if (record !== undefined) return record.id;
  }
  throw new SalesforceError(
    400,
    "INVALID_FIELD",
    `Foreign key external ID: ${String(value)} not found for field ${name} in entity ${lookup.referenceTo.join(", ")}`,
  );
}

function notWritable(names: readonly string[]): SalesforceError {
  return refused(
    "INVALID_FIELD_FOR_INSERT_UPDATE",
    `Unable to create/update fields: ${names.join(", ")}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    names,
  );
}
