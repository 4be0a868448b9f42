import type { SObject } from "../record-store.ts";
import { presentValue } from "../rest/present-record.ts";
import { email, field, flag, phone, text } from "../schema/field.ts";
import type { Field, FieldValue } from "../schema/field.ts";
import type { ObjectType } from "../schema/object-type.ts";
import type { QueryContext } from "./query-context.ts";
import { malformed, noColumn, noRelationship } from "./query-refusal.ts";
import type { Path } from "./soql.ts";

const DEEPEST = 5;

/** What can be read of a parent that may be of several objects (`Who`, `What`). Source: Object Reference, Name. */
const NAME_FIELDS: readonly Field[] = [
  field("Id", "id"),
  text("Name", 255, { nameField: true }),
  text("FirstName", 40),
  text("LastName", 80),
  text("Title", 128),
  text("Type", 40),
  text("Alias", 8),
  text("Username", 80),
  email("Email"),
  phone("Phone"),
  flag("IsActive"),
];

/** A field of the record itself or, by way of lookups, of a record above it. */
export type FieldPath = { readonly lookups: readonly Field[]; readonly field: Field };

/** Where a path begins. `alias` may stand before it. */
export type Scope = {
  readonly context: QueryContext;
  readonly type: ObjectType;
  readonly alias: string | undefined;
  readonly text: string;
};

/** Finds the field that a path names. Refuses (400 INVALID_FIELD) names that the org does not know. */
export function resolvePath(scope: Scope, path: Path, at: number): FieldPath {
  const place = { text: scope.text, at };
  const [first = ""] = path;
  const isPrefixed = path.length > 1 && [scope.alias, scope.type.name].some((name) => isSame(name, first));
  const isRelationship = lookupOf(scope.type, first) !== undefined;
  const names = isPrefixed && !isRelationship ? path.slice(1) : path;
  const last = names.at(-1) ?? "";
  if (names.length > DEEPEST + 1) throw malformed(place, `SOQL statements cannot query more than ${DEEPEST} levels up`);

  const lookups: Field[] = [];
  let type: ObjectType | undefined = scope.type;
  for (const name of names.slice(0, -1)) {
    const lookup: Field | undefined = type === undefined ? undefined : lookupOf(type, name);
    if (lookup === undefined) throw noRelationship(place, name, "field path");
    lookups.push(lookup);
    type = parentType(scope.context, lookup);
  }
  const found = type === undefined ? NAME_FIELDS.find(({ name }) => isSame(name, last)) : type.field(last);
  if (found === undefined) throw noColumn(place, last, type?.name ?? "Name");
  return { lookups, field: found };
}

/** The object that a lookup leads to; undefined when it may be one of several. */
export function parentType({ org }: QueryContext, lookup: Field): ObjectType | undefined {
  const [name, ...others] = lookup.referenceTo;
  return name === undefined || others.length > 0 ? undefined : org.schema.object(name);
}

/** The record that a lookup of this record leads to. */
export function parentOf(context: QueryContext, record: SObject, lookup: Field): SObject | undefined {
  const id = record.values[lookup.name];
  const type = typeof id === "string" ? context.org.schema.ofId(id) : undefined;
  return type === undefined || typeof id !== "string" ? undefined : context.org.records.find(type, id);
}

/** What stands at the end of a path; null also where there is no parent on the way. */
export function valueAt(context: QueryContext, record: SObject, { lookups, field: wanted }: FieldPath): FieldValue {
  let current: SObject | undefined = record;
  for (const lookup of lookups) current = current === undefined ? undefined : parentOf(context, current, lookup);
  return current === undefined ? null : valueOf(context, current, wanted);
}

/** The value of a field in the form in which a query answers it. */
export function valueOf({ version }: QueryContext, record: SObject, wanted: Field): FieldValue {
  const own = NAME_FIELDS.includes(wanted) ? namedField(record.type, wanted) : wanted;
  if (own === "type") return record.type.name;
  if (own === undefined) return null;
  const value = presentValue(record, own, version);
  // A checkbox that came after the record is not ticked.
  return own.type === "boolean" ? (value ?? false) : value;
}

/** What an object has for one of the names by which any parent is read; `type` for the name of the object itself. */
function namedField(type: ObjectType, wanted: Field): Field | "type" | undefined {
  if (wanted.name === "Type") return "type";
  return wanted.nameField ? type.fields.find(({ nameField }) => nameField) : type.field(wanted.name);
}

function lookupOf(type: ObjectType, relationship: string): Field | undefined {
  return type.fields.find(({ relationshipName }) => isSame(relationshipName, relationship));
}

function isSame(name: string | null | undefined, given: string): boolean {
  return name?.toLowerCase() === given.toLowerCase();
}
