import { address } from "./address.ts";
import { LEAD_SOURCES, SALUTATIONS } from "./choices.ts";
import { date, email, flag, longText, phone, picklist, reference, text } from "./field.ts";
import { owner } from "./object-type.ts";
import type { ObjectDefinition } from "./object-type.ts";

export const CONTACT: ObjectDefinition = {
  name: "Contact",
  keyPrefix: "003",
  mergeable: true,
  fields: [
    text("LastName", 80, { required: true }),
    text("FirstName", 40),
    picklist("Salutation", SALUTATIONS),
    text("Name", 121, { readOnly: true, nameField: true }),
    reference("AccountId", ["Account"], { childRelationshipName: "Contacts", cascadeDelete: true }),
    reference("RecordTypeId", ["RecordType"]),
    reference("ReportsToId", ["Contact"]),
    reference("IndividualId", ["Individual"], { part: "data_protection", childRelationshipName: "Contacts" }),
    owner(),
    phone("Phone"),
    phone("MobilePhone"),
    phone("HomePhone"),
    phone("OtherPhone"),
    phone("AssistantPhone"),
    phone("Fax"),
    email("Email", { idLookup: true }),
    text("Title", 128),
    text("Department", 80),
    text("AssistantName", 40),
    picklist("LeadSource", LEAD_SOURCES),
    date("Birthdate"),
    longText("Description", 32_000),
    flag("HasOptedOutOfEmail"),
    flag("HasOptedOutOfFax"),
    flag("DoNotCall"),
    flag("IsPersonAccount", { readOnly: true, part: "person_accounts" }),
    ...address("Mailing"),
    ...address("Other"),
    date("LastActivityDate", { readOnly: true }),
  ],
};
