import type { RecordType } from "@aparte/core/crm-record.ts";

/** The types of record that HubSpot has; leads of its own kind are none of ours. */
export type HubspotType = Exclude<RecordType, "lead">;

/** How HubSpot calls a type of record, and what we read of it. */
export type HubspotObject = {
  readonly type: HubspotType;
  /** In API paths. */
  readonly plural: string;
  /** In page addresses. */
  readonly typeId: string;
  /** What people call it, before the name of a field: "Contact › First name". */
  readonly label: string;
  /** The fields that make its name, joined by a space. */
  readonly names: readonly string[];
  /** The first of these that is filled stands for an empty name. */
  readonly otherNames: readonly string[];
  /** Fields that tell two records of the same name apart. */
  readonly details: readonly string[];
  /** Fields with a phone number, the best first, with the labels that HubSpot gives them at first. */
  readonly phones: Readonly<Record<string, string>>;
  /** Fields that tell the country of those numbers, the best first. */
  readonly countries: readonly string[];
  /** HubSpot's own fields that are worth showing; the account's custom fields are read as well. */
  readonly fields: readonly string[];
  /** Filled with anything but "false" once it is closed; null where the word means nothing. */
  readonly closed: string | null;
  /** HubSpot's count of its contacts, for when there are more than one answer lists; null where it keeps none. */
  readonly contactCount: string | null;
  /** When it was last changed; searchable. */
  readonly modified: string;
  /** The types around it that the rules of association know. */
  readonly related: readonly HubspotType[];
  /** How many hits of this type a search by words brings. */
  readonly hits: number;
  /** Association from a communication to it (HUBSPOT_DEFINED; HubSpot, "Association type IDs"). */
  readonly communicationAssociation: number;
};

const none: readonly string[] = [];

const contact: HubspotObject = {
  type: "contact",
  plural: "contacts",
  typeId: "0-1",
  label: "Contact",
  names: ["firstname", "lastname"],
  otherNames: ["email"],
  details: ["company", "email"],
  phones: {
    hs_whatsapp_phone_number: "Contact › WhatsApp phone number",
    mobilephone: "Contact › Mobile phone number",
    phone: "Contact › Phone number",
  },
  countries: ["hs_calculated_phone_number_country_code", "country"],
  fields: [
    "salutation",
    "firstname",
    "lastname",
    "email",
    "company",
    "jobtitle",
    "city",
    "state",
    "zip",
    "country",
    "website",
    "hs_language",
    "hs_timezone",
    "lifecyclestage",
  ],
  closed: null,
  contactCount: null,
  modified: "lastmodifieddate",
  related: ["company", "deal", "ticket"],
  hits: 8,
  communicationAssociation: 81,
};

const company: HubspotObject = {
  type: "company",
  plural: "companies",
  typeId: "0-2",
  label: "Company",
  names: ["name"],
  otherNames: ["domain"],
  details: ["domain", "city"],
  phones: { phone: "Company › Phone number" },
  countries: ["country"],
  fields: ["name", "domain", "industry", "city", "state", "zip", "country", "website", "lifecyclestage"],
  closed: null,
  contactCount: "num_associated_contacts",
  modified: "hs_lastmodifieddate",
  related: [],
  hits: 4,
  communicationAssociation: 87,
};

const deal: HubspotObject = {
  type: "deal",
  plural: "deals",
  typeId: "0-3",
  label: "Deal",
  names: ["dealname"],
  otherNames: none,
  details: none,
  phones: {},
  countries: none,
  fields: ["dealname", "amount", "deal_currency_code", "closedate", "pipeline", "dealstage", "dealtype"],
  closed: "hs_is_closed",
  contactCount: "num_associated_contacts",
  modified: "hs_lastmodifieddate",
  related: ["company"],
  hits: 4,
  communicationAssociation: 85,
};

const ticket: HubspotObject = {
  type: "ticket",
  plural: "tickets",
  typeId: "0-5",
  label: "Ticket",
  names: ["subject"],
  otherNames: none,
  details: none,
  phones: {},
  countries: none,
  fields: ["subject", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_priority", "hs_ticket_category"],
  closed: "closed_date",
  contactCount: null,
  modified: "hs_lastmodifieddate",
  related: ["company"],
  hits: 4,
  communicationAssociation: 83,
};

/** One line per type of record that this adapter reads, people first. */
export const objects: Readonly<Record<HubspotType, HubspotObject>> = { contact, company, deal, ticket };

/** For what is only called with a type that `recordTypes` names; anything else is a bug of the caller. */
export function objectOf(type: RecordType): HubspotObject {
  if (type === "lead") throw new Error("HubSpot has no leads of this kind");
  return objects[type];
}
