import { address } from "./address.ts";
import { INDUSTRIES, LEAD_SOURCES, SALUTATIONS } from "./choices.ts";
import { date, email, field, flag, longText, phone, picklist, reference, text } from "./field.ts";
import { owner } from "./object-type.ts";
import type { ObjectDefinition } from "./object-type.ts";

export const LEAD_STATUSES = [
  "Open - Not Contacted",
  "Working - Contacted",
  "Closed - Converted",
  "Closed - Not Converted",
] as const;

/** Set when a lead is converted, and never by a caller. */
const converted = { readOnly: true } as const;

export const LEAD: ObjectDefinition = {
  name: "Lead",
  keyPrefix: "00Q",
  mergeable: true,
  fields: [
    text("LastName", 80, { required: true }),
    text("FirstName", 40),
    picklist("Salutation", SALUTATIONS),
    text("Name", 121, { readOnly: true, nameField: true }),
    text("Company", 255, { required: true }),
    text("Title", 128),
    picklist("Status", LEAD_STATUSES, { required: true, defaultValue: LEAD_STATUSES[0] }),
    picklist("Rating", ["Hot", "Warm", "Cold"]),
    picklist("Industry", INDUSTRIES),
    picklist("LeadSource", LEAD_SOURCES),
    owner(),
    phone("Phone"),
    phone("MobilePhone"),
    phone("Fax"),
    email("Email", { idLookup: true }),
    field("Website", "url", { length: 255 }),
    ...address(""),
    field("NumberOfEmployees", "int"),
    field("AnnualRevenue", "currency"),
    longText("Description", 32_000),
    flag("DoNotCall"),
    flag("HasOptedOutOfEmail"),
    flag("HasOptedOutOfFax"),
    reference("IndividualId", ["Individual"], { part: "data_protection", childRelationshipName: "Leads" }),
    flag("IsConverted", converted),
    date("ConvertedDate", converted),
    reference("ConvertedAccountId", ["Account"], converted),
    reference("ConvertedContactId", ["Contact"], converted),
    reference("ConvertedOpportunityId", ["Opportunity"], converted),
    date("LastActivityDate", { readOnly: true }),
  ],
};
