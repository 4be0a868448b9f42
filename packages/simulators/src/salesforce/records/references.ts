import type { Org } from "../org.ts";
import { malformedId, refused } from "../salesforce-error.ts";
import type { ObjectType } from "../schema/object-type.ts";
import type { Values } from "./read-values.ts";

/** Parents that a write keeps to itself while it is saved. */
const LOCKED_PARENTS = new Set([
  "Account",
  "Contact",
  "Lead",
  "Opportunity",
  "Case",
  "Individual",
  "WA_Conversation__c",
]);

/** Refuses (400) references to a record of another object, to one that is not there, and to one that was deleted. */
export function checkReferences(org: Org, type: ObjectType, changed: Values): void {
  for (const [name, id] of Object.entries(changed)) {
    const field = type.field(name);
    if (field?.type !== "reference" || typeof id !== "string") continue;
    const parent = org.schema.ofId(id);
    if (parent === undefined || !field.referenceTo.includes(parent.name)) throw malformedId(id, name);
    const record = org.records.find(parent, id);
    if (record === undefined) throw refused("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", []);
    if (record.deletedAt !== undefined) {
      throw refused(
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
        `insufficient access rights on cross-reference id: ${id.slice(0, 15)}`,
      );
    }
    if (parent.name === "Lead" && record.values["IsConverted"] === true) {
      throw refused("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead", [name]);
    }
    if (parent.name === "User" && record.values["IsActive"] === false) {
      throw refused("INACTIVE_OWNER_OR_USER", "operation performed with inactive user", [name]);
    }
  }
}

/** Ids of the rows that a write of this record locks: the parents it has or had. */
export function lockedRows(type: ObjectType, ...versions: readonly Values[]): string[] {
  const fields = type.fields.filter(({ referenceTo }) => referenceTo.some((name) => LOCKED_PARENTS.has(name)));
  const ids = versions.flatMap((values) => fields.map(({ name }) => values[name]));
  return [...new Set(ids.filter((id) => typeof id === "string"))];
}

/** Refuses (400) a value that another live record has in a field where there is to be but one. */
export function refuseDuplicates(org: Org, type: ObjectType, changed: Values, ownId?: string): void {
  for (const field of type.fields.filter(({ unique }) => unique)) {
    const value = changed[field.name];
    if (value === undefined || value === null) continue;
    const other = org.records.withValue(type, field.name, value).find(({ id }) => id !== ownId);
    if (other === undefined) continue;
    throw refused(
      "DUPLICATE_VALUE",
      `duplicate value found: ${field.name} duplicates value on record with id: ${other.id.slice(0, 15)}`,
      [field.name],
    );
  }
}
