import { flag, text } from "./field.ts";
import type { ObjectDefinition } from "./object-type.ts";

/** The kinds of record that an object has; person accounts are told from companies by theirs. */
export const RECORD_TYPE: ObjectDefinition = {
  name: "RecordType",
  label: "Record Type",
  keyPrefix: "012",
  writable: false,
  recycled: false,
  fields: [
    text("Name", 80, { nameField: true }),
    text("DeveloperName", 80),
    text("SobjectType", 40),
    flag("IsActive", { defaultValue: true }),
    flag("IsPersonType", { readOnly: true }),
  ],
};
