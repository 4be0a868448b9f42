import { email, flag, phone, text } from "./field.ts";
import type { ObjectDefinition } from "./object-type.ts";

/** People who work in the org. Callers only read them. */
export const USER: ObjectDefinition = {
  name: "User",
  keyPrefix: "005",
  writable: false,
  recycled: false,
  fields: [
    text("Username", 80, { required: true, unique: true, idLookup: true }),
    text("FirstName", 40),
    text("LastName", 80, { required: true }),
    text("Name", 121, { readOnly: true, nameField: true }),
    email("Email", { required: true, idLookup: true }),
    text("Alias", 8, { required: true }),
    text("Title", 80),
    phone("Phone"),
    phone("MobilePhone"),
    flag("IsActive", { defaultValue: true }),
    text("UserType", 40, { readOnly: true }),
    text("TimeZoneSidKey", 40),
    text("LocaleSidKey", 40),
    text("LanguageLocaleKey", 40),
  ],
};

/** The org itself: one record. */
export const ORGANIZATION: ObjectDefinition = {
  name: "Organization",
  keyPrefix: "00D",
  writable: false,
  recycled: false,
  fields: [
    text("Name", 80, { nameField: true }),
    flag("IsSandbox", { readOnly: true }),
    text("InstanceName", 5, { readOnly: true }),
    text("OrganizationType", 40, { readOnly: true }),
    text("NamespacePrefix", 15, { readOnly: true }),
    text("Country", 80),
    text("LanguageLocaleKey", 40),
    text("TimeZoneSidKey", 40),
    text("DefaultLocaleSidKey", 40),
  ],
};
