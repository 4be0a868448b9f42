import { flag, reference, text } from "./field.ts";
import type { ObjectDefinition } from "./object-type.ts";

/** A bundle of rights that users are given. */
export const PERMISSION_SET: ObjectDefinition = {
  name: "PermissionSet",
  label: "Permission Set",
  keyPrefix: "0PS",
  recycled: false,
  fields: [
    text("Name", 80, { required: true, unique: true, nameField: true }),
    text("Label", 80, { required: true }),
    text("Description", 255),
    flag("IsCustom", { readOnly: true, defaultValue: true }),
    flag("IsOwnedByProfile", { readOnly: true }),
  ],
};

/** The right to see, and to change, one field of an object. */
export const FIELD_PERMISSIONS: ObjectDefinition = {
  name: "FieldPermissions",
  label: "Field Permissions",
  labelPlural: "Field Permissions",
  keyPrefix: "01k",
  recycled: false,
  fields: [
    reference("ParentId", ["PermissionSet"], {
      required: true,
      createOnly: true,
      childRelationshipName: "FieldPerms",
      cascadeDelete: true,
    }),
    text("SobjectType", 80, { required: true, createOnly: true }),
    text("Field", 255, { required: true, createOnly: true }),
    flag("PermissionsRead"),
    flag("PermissionsEdit"),
  ],
};

/** A bundle of rights in the hands of one user. */
export const PERMISSION_SET_ASSIGNMENT: ObjectDefinition = {
  name: "PermissionSetAssignment",
  label: "Permission Set Assignment",
  keyPrefix: "0Pa",
  recycled: false,
  fields: [
    reference("PermissionSetId", ["PermissionSet"], {
      required: true,
      createOnly: true,
      childRelationshipName: "Assignments",
      cascadeDelete: true,
    }),
    reference("AssigneeId", ["User"], { required: true, createOnly: true }),
    flag("IsActive", { readOnly: true, defaultValue: true }),
  ],
};
