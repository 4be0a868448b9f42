import type { VirtualClock } from "../../platform/clock.ts";
import type { RecordIds } from "../record-id.ts";
import { RecordStore } from "../record-store.ts";
import type { SObject } from "../record-store.ts";
import { salesforceTime } from "../salesforce-time.ts";
import { text } from "../schema/field.ts";
import type { Field } from "../schema/field.ts";
import type { ObjectDefinition } from "../schema/object-type.ts";
import { Schema } from "../schema/schema.ts";

const CUSTOM_FIELD: ObjectDefinition = {
  name: "CustomField",
  label: "Custom Field",
  keyPrefix: "00N",
  recycled: false,
  fields: [
    text("DeveloperName", 80, { nameField: true }),
    text("TableEnumOrId", 255),
    text("NamespacePrefix", 15),
    text("Description", 1_000),
    text("InlineHelpText", 510),
  ],
};

/** A field of activities is one field, whichever of the three is named. */
const ACTIVITIES: readonly string[] = ["activity", "task", "event"];

/** What an org that has custom fields lends them. */
type Owner = {
  readonly ids: RecordIds;
  readonly clock: VirtualClock;
  readonly schema: Schema;
  readonly records: RecordStore;
};

type Made = { id: string; object: string; field: Field };

/**
 * The custom fields that were made in this org. A new one is there and nobody sees it: only those see it who have a
 * permission set that says so. What a caller sees is settled anew when their call begins.
 */
export class CustomFields {
  /** The objects of the Tooling API, and what is in them. */
  readonly schema = new Schema(() => true, [CUSTOM_FIELD]);
  readonly records = new RecordStore();
  readonly #made = new Map<string, Made>();

  add(org: Owner, { object, field, userId }: { object: string; field: Field; userId: string }): SObject {
    const type = this.schema.object("CustomField");
    const id = org.ids.next(type.keyPrefix);
    const at = salesforceTime(org.clock.now());
    const record: SObject = {
      id,
      type,
      values: {
        Id: id,
        DeveloperName: field.name.replace(/__c$/u, ""),
        TableEnumOrId: object,
        CreatedDate: at,
        CreatedById: userId,
        LastModifiedDate: at,
        LastModifiedById: userId,
        SystemModstamp: at,
      },
      deletedAt: undefined,
    };
    this.records.put(record);
    this.#made.set(id, { id, object, field });
    return record;
  }

  has(object: string, name: string): boolean {
    return [...this.#made.values()].some((made) => keyOf(made.object, made.field.name) === keyOf(object, name));
  }

  find(id: string): SObject | undefined {
    return this.records.find(this.schema.object("CustomField"), id);
  }

  remove(org: Owner, record: SObject): void {
    const made = this.#made.get(record.id);
    if (made !== undefined) org.schema.removeField(made.object, made.field.name);
    this.#made.delete(record.id);
    this.records.purge(record);
  }

  /** Shows this user the fields that they may see, and hides the others. */
  applyAccess(org: Owner, userId: string): void {
    if (this.#made.size === 0) return;
    const rights = rightsOf(org, userId);
    for (const { object, field } of this.#made.values()) {
      const mayEdit = rights.get(keyOf(object, field.name));
      if (mayEdit === undefined) org.schema.removeField(object, field.name);
      else org.schema.addField(object, { ...field, createable: mayEdit, updateable: mayEdit });
    }
  }
}

/** Which fields a user may see, and whether they may change them. */
function rightsOf(org: Owner, userId: string): Map<string, boolean> {
  const all = (name: string) => org.records.all(org.schema.object(name)).map(({ values }) => values);
  const assigned = all("PermissionSetAssignment").filter(({ AssigneeId }) => AssigneeId === userId);
  const sets = new Set(assigned.map(({ PermissionSetId }) => PermissionSetId));
  const rights = new Map<string, boolean>();
  for (const { ParentId, Field: name, PermissionsRead, PermissionsEdit } of all("FieldPermissions")) {
    if (!sets.has(ParentId ?? null) || PermissionsRead !== true) continue;
    const [object = "", field = ""] = String(name).split(".");
    const key = keyOf(object, field);
    rights.set(key, rights.get(key) === true || PermissionsEdit === true);
  }
  return rights;
}

function keyOf(object: string, name: string): string {
  const owner = object.toLowerCase();
  return `${ACTIVITIES.includes(owner) ? "activity" : owner}.${name.toLowerCase()}`;
}
