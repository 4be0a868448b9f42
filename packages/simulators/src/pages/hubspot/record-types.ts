import type { RecordTypeId, RecordTypeView } from "./record-view.ts";

/** How a record type is shown: where its title and its facts come from, and its properties in their order. */
export type RecordType = RecordTypeView & {
  /** Name of the type in HubSpot's API. */
  name: "contacts" | "companies" | "deals" | "tickets";
  titleFrom: readonly string[];
  factsFrom: readonly string[];
  properties: readonly (readonly [name: string, label: string])[];
  columns: readonly (readonly [name: string, label: string])[];
};

/** Properties that an app has added, shown where a record has them. */
export const ADDED_PROPERTIES: RecordType["properties"] = [
  ["wa_consent_status", "WhatsApp consent"],
  ["wa_consent_at", "WhatsApp consent since"],
  ["wa_last_contact_at", "Last WhatsApp contact"],
];

/** Every type with a record page. */
export const RECORD_TYPES: readonly RecordType[] = [
  {
    typeId: "0-1",
    name: "contacts",
    singular: "contact",
    label: "Contact",
    pluralLabel: "Contacts",
    titleFrom: ["firstname", "lastname"],
    factsFrom: ["jobtitle", "company"],
    properties: [
      ["email", "Email"],
      ["phone", "Phone number"],
      ["mobilephone", "Mobile phone number"],
      ["lifecyclestage", "Lifecycle stage"],
      ["hs_lead_status", "Lead status"],
      ["hubspot_owner_id", "Contact owner"],
      ["quote_number", "Quote number"],
      ["city", "City"],
      ["country", "Country/Region"],
      ["hs_language", "Preferred language"],
    ],
    columns: [
      ["email", "Email"],
      ["phone", "Phone number"],
      ["company", "Company name"],
      ["lifecyclestage", "Lifecycle stage"],
      ["hubspot_owner_id", "Contact owner"],
    ],
  },
  {
    typeId: "0-2",
    name: "companies",
    singular: "company",
    label: "Company",
    pluralLabel: "Companies",
    titleFrom: ["name"],
    factsFrom: ["domain", "city"],
    properties: [
      ["domain", "Company domain name"],
      ["phone", "Phone number"],
      ["industry", "Industry"],
      ["numberofemployees", "Number of employees"],
      ["lifecyclestage", "Lifecycle stage"],
      ["hubspot_owner_id", "Company owner"],
      ["city", "City"],
      ["country", "Country/Region"],
    ],
    columns: [
      ["domain", "Company domain name"],
      ["phone", "Phone number"],
      ["city", "City"],
      ["hubspot_owner_id", "Company owner"],
    ],
  },
  {
    typeId: "0-3",
    name: "deals",
    singular: "deal",
    label: "Deal",
    pluralLabel: "Deals",
    titleFrom: ["dealname"],
    factsFrom: ["dealstage", "amount"],
    properties: [
      ["amount", "Amount"],
      ["dealstage", "Deal stage"],
      ["pipeline", "Pipeline"],
      ["closedate", "Close date"],
      ["hubspot_owner_id", "Deal owner"],
    ],
    columns: [
      ["dealstage", "Deal stage"],
      ["amount", "Amount"],
      ["closedate", "Close date"],
      ["hubspot_owner_id", "Deal owner"],
    ],
  },
  {
    typeId: "0-5",
    name: "tickets",
    singular: "ticket",
    label: "Ticket",
    pluralLabel: "Tickets",
    titleFrom: ["subject"],
    factsFrom: ["hs_pipeline_stage", "hs_ticket_priority"],
    properties: [
      ["hs_pipeline_stage", "Ticket status"],
      ["hs_ticket_priority", "Priority"],
      ["content", "Ticket description"],
      ["hubspot_owner_id", "Ticket owner"],
    ],
    columns: [
      ["hs_pipeline_stage", "Ticket status"],
      ["hs_ticket_priority", "Priority"],
      ["hubspot_owner_id", "Ticket owner"],
    ],
  },
];

/** The record type of a type id as it stands in an address; undefined when it has no pages. */
export function findRecordType(typeId: string): RecordType | undefined {
  return RECORD_TYPES.find((type) => type.typeId === typeId);
}

/** What the browser is told of a type. */
export function viewOfType({
  typeId,
  singular,
  label,
  pluralLabel,
}: RecordType): RecordTypeView & { typeId: RecordTypeId } {
  return { typeId, singular, label, pluralLabel };
}
