import { DEMO_NOTES } from "./demo-notes.ts";
import type { DemoRecord } from "./demo-record.ts";

/** The owners have the addresses of the demo people who work in this portal. */
export const DEMO_OWNERS = [
  { id: "77002", userId: 77_002, email: "rep@demo.test", firstName: "Clara", lastName: "Weiss", archived: false },
  {
    id: "77003",
    userId: 77_003,
    email: "manager@demo.test",
    firstName: "Tomás",
    lastName: "Oliveira",
    archived: false,
  },
  { id: "77004", userId: 77_004, email: "former@demo.test", firstName: "Ines", lastName: "Brandt", archived: true },
] as const;

/** The contact on whose record the demo opens. */
export const DEMO_CONTACT_ID = "101001";
/** A company, a deal and a ticket of that contact. */
export const DEMO_COMPANY_ID = "201001";
export const DEMO_DEAL_ID = "301001";
export const DEMO_TICKET_ID = "401001";

const CLARA = { hubspot_owner_id: "77002" };
const TOMAS = { hubspot_owner_id: "77003" };

const COMPANIES: readonly DemoRecord[] = [
  {
    id: DEMO_COMPANY_ID,
    type: "companies",
    values: {
      ...CLARA,
      name: "Padaria Horizonte",
      domain: "padaria-horizonte.example",
      phone: "+55 11 3251-4400",
      industry: "FOOD_BEVERAGES",
      city: "São Paulo",
      country: "Brazil",
      numberofemployees: "42",
      lifecyclestage: "opportunity",
    },
  },
  {
    id: "201002",
    type: "companies",
    values: {
      ...TOMAS,
      name: "Krämer Feinmechanik GmbH",
      domain: "kraemer-feinmechanik.example",
      phone: "+49 30 901820",
      industry: "MACHINERY",
      city: "Berlin",
      country: "Germany",
      numberofemployees: "118",
      lifecyclestage: "customer",
    },
  },
  {
    id: "201003",
    type: "companies",
    values: {
      ...CLARA,
      name: "Atelier Lumière",
      domain: "atelier-lumiere.example",
      phone: "+33 4 72 10 30 30",
      industry: "DESIGN",
      city: "Lyon",
      country: "France",
      numberofemployees: "9",
      lifecyclestage: "lead",
    },
  },
];

/** One contact has no phone number and one has a number that cannot be right: both happen, and both are shown. */
const CONTACTS: readonly DemoRecord[] = [
  {
    id: DEMO_CONTACT_ID,
    type: "contacts",
    values: {
      ...CLARA,
      firstname: "Ana",
      lastname: "Souza",
      email: "ana.souza@padaria-horizonte.example",
      phone: "+55 11 91234-5678",
      jobtitle: "Head of purchasing",
      company: "Padaria Horizonte",
      city: "São Paulo",
      country: "Brazil",
      hs_language: "pt-br",
      lifecyclestage: "opportunity",
      hs_lead_status: "OPEN_DEAL",
      quote_number: "Q-2041",
    },
    associated: [["companies", "201001"]],
  },
  {
    id: "101002",
    type: "contacts",
    values: {
      ...TOMAS,
      firstname: "Maximilian",
      lastname: "Krämer-Schönfeldt",
      email: "m.kraemer-schoenfeldt@kraemer-feinmechanik.example",
      phone: "+49 30 901820",
      mobilephone: "+49 1512 3456789",
      jobtitle: "Managing director",
      company: "Krämer Feinmechanik GmbH",
      city: "Berlin",
      country: "Germany",
      hs_language: "de",
      lifecyclestage: "customer",
      hs_lead_status: "CONNECTED",
    },
    associated: [["companies", "201002"]],
  },
  {
    id: "101003",
    type: "contacts",
    values: {
      ...CLARA,
      firstname: "Léa",
      lastname: "Martin",
      email: "lea.martin@atelier-lumiere.example",
      phone: "+33 6 12 34 56 78",
      jobtitle: "Studio lead",
      company: "Atelier Lumière",
      city: "Lyon",
      country: "France",
      hs_language: "fr",
      lifecyclestage: "salesqualifiedlead",
      hs_lead_status: "IN_PROGRESS",
      quote_number: "Q-2057",
    },
    associated: [["companies", "201003"]],
  },
  {
    id: "101004",
    type: "contacts",
    values: {
      ...TOMAS,
      firstname: "Layla",
      lastname: "Haddad",
      email: "layla.haddad@mailbox.example",
      mobilephone: "+971 50 123 4567",
      jobtitle: "Buyer",
      company: "Dune & Co.",
      city: "Dubai",
      country: "United Arab Emirates",
      hs_language: "ar",
      lifecyclestage: "lead",
      hs_lead_status: "NEW",
    },
  },
  {
    id: "101005",
    type: "contacts",
    values: {
      ...CLARA,
      firstname: "Jonas",
      lastname: "Petersen",
      email: "jonas.petersen@mailbox.example",
      jobtitle: "Office manager",
      city: "Aarhus",
      country: "Denmark",
      hs_language: "en",
      lifecyclestage: "subscriber",
    },
  },
  {
    id: "101006",
    type: "contacts",
    values: {
      ...TOMAS,
      firstname: "Priya",
      lastname: "Nair",
      email: "priya.nair@mailbox.example",
      phone: "+91 12345",
      jobtitle: "Consultant",
      city: "Kochi",
      country: "India",
      hs_language: "en",
      lifecyclestage: "marketingqualifiedlead",
      hs_lead_status: "ATTEMPTED_TO_CONTACT",
    },
  },
];

const DEALS: readonly DemoRecord[] = [
  {
    id: DEMO_DEAL_ID,
    type: "deals",
    values: {
      ...CLARA,
      dealname: "Bakery line for the Pinheiros shop",
      amount: "18400",
      closedate: "2026-12-11T17:00:00Z",
      pipeline: "default",
      dealstage: "presentationscheduled",
    },
    associated: [
      ["contacts", "101001"],
      ["companies", "201001"],
    ],
  },
  {
    id: "301002",
    type: "deals",
    values: {
      ...TOMAS,
      dealname: "Yearly service contract 2027",
      amount: "46250",
      closedate: "2026-12-18T17:00:00Z",
      pipeline: "default",
      dealstage: "contractsent",
    },
    associated: [
      ["contacts", "101002"],
      ["companies", "201002"],
    ],
  },
  {
    id: "301003",
    type: "deals",
    values: {
      ...CLARA,
      dealname: "Showroom lighting",
      amount: "7900",
      closedate: "2027-01-29T17:00:00Z",
      pipeline: "default",
      dealstage: "qualifiedtobuy",
    },
    associated: [
      ["contacts", "101003"],
      ["companies", "201003"],
    ],
  },
];

const TICKETS: readonly DemoRecord[] = [
  {
    id: DEMO_TICKET_ID,
    type: "tickets",
    values: {
      ...CLARA,
      subject: "Delivery date of order A-1042",
      content: "Wants to move the delivery to Friday.",
      hs_pipeline: "0",
      hs_pipeline_stage: "3",
      hs_ticket_priority: "HIGH",
    },
    associated: [
      ["contacts", "101001"],
      ["companies", "201001"],
    ],
  },
  {
    id: "401002",
    type: "tickets",
    values: {
      ...TOMAS,
      subject: "Invoice copy",
      content: "Needs last month's invoice again.",
      hs_pipeline: "0",
      hs_pipeline_stage: "1",
      hs_ticket_priority: "LOW",
    },
    associated: [["contacts", "101002"]],
  },
];

/** Everything in the demo portal, in an order in which each record follows those it is associated with. */
export const DEMO_RECORDS: readonly DemoRecord[] = [...COMPANIES, ...CONTACTS, ...DEALS, ...TICKETS, ...DEMO_NOTES];
