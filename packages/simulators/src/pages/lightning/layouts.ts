import type { SObject } from "../../salesforce/record-store.ts";
import type { ObjectName } from "./lightning-view.ts";

/**
 * Records that stand below another: those of `object` whose field `via` has the record's id, or, with `through`, the
 * records that this field of theirs leads to. `name` stands in addresses.
 */
export type RelatedLayout = { name: string; label: string; object: string; via: string; through?: string };

/** How an object is shown: names of its fields in their order. */
export type Layout = {
  highlights: readonly string[];
  details: readonly string[];
  columns: readonly string[];
  facts: readonly string[];
  related: readonly RelatedLayout[];
};

const OBJECTS: Readonly<Record<ObjectName, Layout>> = {
  Contact: {
    highlights: ["Title", "AccountId", "Phone", "MobilePhone", "Email", "OwnerId"],
    details: [
      "Salutation",
      "FirstName",
      "LastName",
      "AccountId",
      "Title",
      "Phone",
      "MobilePhone",
      "HomePhone",
      "OtherPhone",
      "Email",
      "DoNotCall",
      "MailingCity",
      "MailingCountry",
      "OwnerId",
      "Description",
    ],
    columns: ["AccountId", "Title", "Phone", "Email", "OwnerId"],
    facts: ["Title", "Phone", "Email"],
    related: [
      {
        name: "OpportunityContactRoles",
        label: "Opportunities",
        object: "OpportunityContactRole",
        via: "ContactId",
        through: "OpportunityId",
      },
      { name: "Cases", label: "Cases", object: "Case", via: "ContactId" },
    ],
  },
  Lead: {
    highlights: ["Title", "Company", "Phone", "MobilePhone", "Email", "Status", "OwnerId"],
    details: [
      "Salutation",
      "FirstName",
      "LastName",
      "Company",
      "Title",
      "Status",
      "Phone",
      "MobilePhone",
      "Email",
      "DoNotCall",
      "LeadSource",
      "City",
      "Country",
      "OwnerId",
      "IsConverted",
      "ConvertedContactId",
      "ConvertedAccountId",
      "ConvertedOpportunityId",
      "Description",
    ],
    columns: ["Company", "Status", "Phone", "Email", "OwnerId"],
    facts: ["Company", "Status"],
    related: [],
  },
  Account: {
    highlights: ["Type", "Phone", "Website", "Industry", "OwnerId"],
    details: [
      "Name",
      "Type",
      "Industry",
      "Phone",
      "Website",
      "NumberOfEmployees",
      "BillingCity",
      "BillingCountry",
      "OwnerId",
      "Description",
    ],
    columns: ["Phone", "Type", "BillingCity", "OwnerId"],
    facts: ["Type", "Phone", "BillingCity"],
    related: [
      { name: "Contacts", label: "Contacts", object: "Contact", via: "AccountId" },
      { name: "Opportunities", label: "Opportunities", object: "Opportunity", via: "AccountId" },
      { name: "Cases", label: "Cases", object: "Case", via: "AccountId" },
    ],
  },
  Opportunity: {
    highlights: ["AccountId", "CloseDate", "Amount", "StageName", "OwnerId"],
    details: [
      "Name",
      "AccountId",
      "StageName",
      "Probability",
      "Amount",
      "CloseDate",
      "Type",
      "NextStep",
      "OwnerId",
      "Description",
    ],
    columns: ["AccountId", "StageName", "Amount", "CloseDate", "OwnerId"],
    facts: ["StageName", "Amount", "CloseDate"],
    related: [
      {
        name: "OpportunityContactRoles",
        label: "Contact Roles",
        object: "OpportunityContactRole",
        via: "OpportunityId",
        through: "ContactId",
      },
    ],
  },
  Case: {
    highlights: ["Subject", "Priority", "Status", "ContactId", "AccountId", "OwnerId"],
    details: [
      "CaseNumber",
      "Subject",
      "Status",
      "Priority",
      "Origin",
      "ContactId",
      "AccountId",
      "SuppliedName",
      "SuppliedPhone",
      "OwnerId",
      "Description",
    ],
    columns: ["Subject", "Status", "Priority", "ContactId", "OwnerId"],
    facts: ["Subject", "Status"],
    related: [],
  },
};

/** A person who is their own account: the fields of the person in place of the company's. */
const PERSON_ACCOUNT: Layout = {
  ...OBJECTS.Account,
  highlights: ["Phone", "PersonMobilePhone", "PersonEmail", "PersonTitle", "OwnerId"],
  details: [
    "Salutation",
    "FirstName",
    "LastName",
    "Phone",
    "PersonMobilePhone",
    "PersonHomePhone",
    "PersonEmail",
    "PersonTitle",
    "PersonDoNotCall",
    "PersonMailingCity",
    "PersonMailingCountry",
    "OwnerId",
    "Description",
  ],
  facts: ["PersonTitle", "PersonMobilePhone", "PersonEmail"],
};

/** In the order in which the navigation has them. */
export const OBJECT_NAMES: readonly ObjectName[] = ["Lead", "Account", "Contact", "Opportunity", "Case"];

/** The object of this name in the exact spelling of addresses; undefined when it has no pages. */
export function findObject(name: string): ObjectName | undefined {
  return OBJECT_NAMES.find((known) => known === name);
}

export function layoutOf(object: ObjectName): Layout {
  return OBJECTS[object];
}

export function layoutOfRecord(object: ObjectName, { values }: SObject): Layout {
  return values["IsPersonAccount"] === true && object === "Account" ? PERSON_ACCOUNT : OBJECTS[object];
}
