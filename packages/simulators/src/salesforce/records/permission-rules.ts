import { refused } from "../salesforce-error.ts";
import type { Draft, Rule } from "./rule.ts";

/** A right names a field that is there, once in a set, and changing includes seeing. */
export const fieldPermissionsRule: Rule = {
  derive: (draft) => {
    const { org, values } = draft;
    const { SobjectType: object, Field: name, PermissionsRead: read, PermissionsEdit: edit } = values;
    const [owner = "", fieldName = ""] = String(name).split(".");
    const isKnown = org.schema.find(owner)?.field(fieldName) !== undefined || org.customFields.has(owner, fieldName);
    if (!isKnown || owner.toLowerCase() !== String(object).toLowerCase()) {
      throw refused(
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        `Field Name: bad value for restricted picklist field: ${String(name)}`,
        ["Field"],
      );
    }
    if (edit === true && read !== true) {
      const what = `Permission Edit ${fieldName} depends on permission(s): Read ${fieldName}`;
      throw refused("FIELD_INTEGRITY_EXCEPTION", what);
    }
    refuseSecond(draft, ["ParentId", "Field"]);
    return {};
  },
};

/** A user has a set of rights once. */
export const permissionSetAssignmentRule: Rule = {
  derive: (draft) => {
    refuseSecond(draft, ["PermissionSetId", "AssigneeId"]);
    return {};
  },
};

/** Refuses (400) a record that says the same as another one. */
function refuseSecond({ org, type, id, values }: Draft, names: readonly string[]): void {
  const other = org.records.all(type).find((record) => {
    return record.id !== id && names.every((name) => record.values[name] === values[name]);
  });
  if (other === undefined) return;
  throw refused(
    "DUPLICATE_VALUE",
    `duplicate value found: ${names.join(", ")} duplicates value on record with id: ${other.id.slice(0, 15)}`,
  );
}
