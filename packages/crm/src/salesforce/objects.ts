import type { RecordType } from "@aparte/core/crm-record.ts";

/** How Salesforce calls a type of record, and what we read of it. */
export type SalesforceObject = {
  /** In API paths, queries and page addresses. */
  readonly name: string;
  /** The first characters of its ids. */
  readonly keyPrefix: string;
  /** What people call it, before the name of a field: "Contact › First Name". */
  readonly label: string;
  /** The first of these that is filled is its name. */
  readonly names: readonly string[];
  /** Fields with a phone number, the best first, with Salesforce's own words for them. */
  readonly phones: Readonly<Record<string, string>>;
  /** Fields that tell the country of those numbers, the best first. */
  readonly countries: readonly string[];
  /** Salesforce's own fields that are worth showing; the org's custom fields are read as well. */
  readonly fields: readonly string[];
  /** Fields that tell two of the same name apart in a search. */
  readonly details: readonly string[];
  /** The lookup of a conversation of the package to it. */
  readonly lookup: string;
  /** Which of a task's two places it takes. */
  readonly place: "who" | "what";
  /** Whether two of them can be merged, which leaves `MasterRecordId` on the one that lost. */
  readonly canMerge: boolean;
  /** The relation to the `Individual` that holds the person's wishes about data; null where there is no person. */
  readonly individual: string | null;
};

const contactPhones = {
  MobilePhone: "Mobile",
  Phone: "Business Phone",
  HomePhone: "Home Phone",
  OtherPhone: "Other Phone",
};
const contactCountries = ["MailingCountry", "OtherCountry"];

/** One line per type of record that this adapter reads. Person Accounts are companies that are a person. */
export const objects: Readonly<Record<RecordType, SalesforceObject>> = {
  contact: {
    name: "Contact",
    keyPrefix: "003",
    label: "Contact",
    names: ["Name", "Email"],
    phones: contactPhones,
    countries: contactCountries,
    fields: [
      "Salutation",
      "FirstName",
      "LastName",
      "Email",
      "Title",
      "Department",
      "MailingCity",
      "MailingState",
      "MailingPostalCode",
      "MailingCountry",
      "LeadSource",
      "DoNotCall",
    ],
    details: ["Account.Name", "Email"],
    lookup: "Contact__c",
    place: "who",
    canMerge: true,
    individual: "Individual",
  },
  lead: {
    name: "Lead",
    keyPrefix: "00Q",
    label: "Lead",
    names: ["Name", "Email"],
    phones: { MobilePhone: "Mobile", Phone: "Phone" },
    countries: ["Country"],
    fields: [
      "Salutation",
      "FirstName",
      "LastName",
      "Email",
      "Company",
      "Title",
      "Website",
      "City",
      "State",
      "PostalCode",
      "Country",
      "LeadSource",
      "Status",
      "Rating",
      "DoNotCall",
    ],
    details: ["Company", "Email"],
    lookup: "Lead__c",
    place: "who",
    canMerge: true,
    individual: "Individual",
  },
  company: {
    name: "Account",
    keyPrefix: "001",
    label: "Account",
    names: ["Name"],
    phones: {
      PersonMobilePhone: "Mobile",
      Phone: "Phone",
      PersonHomePhone: "Home Phone",
      PersonOtherPhone: "Other Phone",
    },
    countries: ["PersonMailingCountry", "BillingCountry", "ShippingCountry"],
    fields: [
      "Name",
      "AccountNumber",
      "Type",
      "Industry",
      "Website",
      "BillingCity",
      "BillingState",
      "BillingPostalCode",
      "BillingCountry",
      "Salutation",
      "FirstName",
      "LastName",
      "PersonEmail",
      "PersonTitle",
      "PersonDoNotCall",
      "PersonMailingCity",
      "PersonMailingState",
      "PersonMailingPostalCode",
      "PersonMailingCountry",
    ],
    details: ["BillingCity", "Website"],
    lookup: "Account__c",
    place: "what",
    canMerge: true,
    individual: "PersonIndividual",
  },
  deal: {
    name: "Opportunity",
    keyPrefix: "006",
    label: "Opportunity",
    names: ["Name"],
    phones: {},
    countries: [],
    fields: ["Name", "Amount", "CloseDate", "StageName", "Type", "NextStep", "LeadSource"],
    details: ["Account.Name", "StageName"],
    lookup: "Opportunity__c",
    place: "what",
    canMerge: false,
    individual: null,
  },
  ticket: {
    name: "Case",
    keyPrefix: "500",
    label: "Case",
    names: ["Subject", "CaseNumber"],
    phones: { SuppliedPhone: "Web Phone" },
    countries: [],
    fields: [
      "CaseNumber",
      "Subject",
      "Status",
      "Priority",
      "Origin",
      "Type",
      "Reason",
      "SuppliedName",
      "SuppliedEmail",
    ],
    details: ["CaseNumber", "Account.Name"],
    lookup: "Case__c",
    place: "what",
    canMerge: true,
    individual: null,
  },
};
