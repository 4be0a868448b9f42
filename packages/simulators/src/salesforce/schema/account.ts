import { address } from "./address.ts";
import { date, email, field, flag, longText, phone, picklist, reference, text } from "./field.ts";
import { INDUSTRIES, LEAD_SOURCES, SALUTATIONS } from "./choices.ts";
import type { Field } from "./field.ts";
import { owner } from "./object-type.ts";
import type { ObjectDefinition } from "./object-type.ts";

const ACCOUNT_TYPES = ["Prospect", "Customer - Direct", "Customer - Channel", "Channel Partner", "Other"];

/** The fields of a person account: those of the person, and the contact that stands behind it. */
const PERSON_FIELDS: readonly Field[] = [
  flag("IsPersonAccount", { readOnly: true }),
  reference("PersonContactId", ["Contact"], { readOnly: true }),
  text("FirstName", 40),
  text("LastName", 80),
  picklist("Salutation", SALUTATIONS),
  email("PersonEmail"),
  phone("PersonMobilePhone"),
  phone("PersonHomePhone"),
  phone("PersonOtherPhone"),
  phone("PersonAssistantPhone"),
  text("PersonTitle", 80),
  text("PersonDepartment", 80),
  date("PersonBirthdate"),
  picklist("PersonLeadSource", LEAD_SOURCES),
  ...address("PersonMailing"),
  flag("PersonDoNotCall"),
  flag("PersonHasOptedOutOfEmail"),
  flag("PersonHasOptedOutOfFax"),
  reference("PersonIndividualId", ["Individual"]),
];

/** A company or, as a person account, a person who is their own account. */
export const ACCOUNT: ObjectDefinition = {
  name: "Account",
  keyPrefix: "001",
  mergeable: true,
  fields: [
    text("Name", 255, { required: true, nameField: true }),
    reference("RecordTypeId", ["RecordType"]),
    reference("ParentId", ["Account"], { childRelationshipName: "ChildAccounts" }),
    owner(),
    phone("Phone"),
    phone("Fax"),
    field("Website", "url", { length: 255 }),
    picklist("Type", ACCOUNT_TYPES),
    picklist("Industry", INDUSTRIES),
    picklist("AccountSource", LEAD_SOURCES),
    field("NumberOfEmployees", "int"),
    field("AnnualRevenue", "currency"),
    text("AccountNumber", 40),
    longText("Description", 32_000),
    ...address("Billing"),
    ...address("Shipping"),
    date("LastActivityDate", { readOnly: true }),
    ...PERSON_FIELDS.map((declared) => ({ ...declared, part: "person_accounts" as const })),
  ],
};
