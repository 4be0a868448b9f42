import { to18 } from "../record-id.ts";
import {
  DEMO_ACCOUNT_ID,
  DEMO_CONTACT_ID,
  DEMO_LEAD_ID,
  DEMO_MANAGER_ID,
  DEMO_PERSON_ACCOUNT_ID,
  DEMO_REP_ID,
  PERSON_RECORD_TYPE_ID,
} from "./demo-ids.ts";
import type { DemoRecord } from "./demo-record.ts";

const CLARA = { OwnerId: DEMO_REP_ID };
const TOMAS = { OwnerId: DEMO_MANAGER_ID };

export const MACHINERY_ID = to18("001gK00000KrmFm");
export const ATELIER_ID = to18("001gK00000AtlLm");
export const MAXIMILIAN_ID = to18("003gK00000MaxKS");
export const LEA_ID = to18("003gK00000LeaMn");

/** Three companies, and a buyer who is her own account. */
export const DEMO_ACCOUNTS: readonly DemoRecord[] = [
  {
    object: "Account",
    id: DEMO_ACCOUNT_ID,
    values: {
      ...CLARA,
      Name: "Padaria Horizonte",
      Phone: "+55 11 3251-4400",
      Website: "https://padaria-horizonte.example",
      Industry: "Food & Beverage",
      Type: "Prospect",
      NumberOfEmployees: 42,
      BillingCity: "São Paulo",
      BillingCountry: "Brazil",
    },
  },
  {
    object: "Account",
    id: MACHINERY_ID,
    values: {
      ...TOMAS,
      Name: "Krämer Feinmechanik GmbH",
      Phone: "+49 30 901820",
      Website: "https://kraemer-feinmechanik.example",
      Industry: "Machinery",
      Type: "Customer - Direct",
      NumberOfEmployees: 118,
      BillingCity: "Berlin",
      BillingCountry: "Germany",
    },
  },
  {
    object: "Account",
    id: ATELIER_ID,
    values: {
      ...CLARA,
      Name: "Atelier Lumière",
      Phone: "+33 4 72 10 30 30",
      Website: "https://atelier-lumiere.example",
      Industry: "Other",
      Type: "Prospect",
      NumberOfEmployees: 9,
      BillingCity: "Lyon",
      BillingCountry: "France",
    },
  },
  {
    object: "Account",
    id: DEMO_PERSON_ACCOUNT_ID,
    values: {
      ...TOMAS,
      RecordTypeId: PERSON_RECORD_TYPE_ID,
      FirstName: "Layla",
      LastName: "Haddad",
      PersonEmail: "layla.haddad@mailbox.example",
      PersonMobilePhone: "+971 50 123 4567",
      PersonTitle: "Buyer",
      PersonMailingCity: "Dubai",
      PersonMailingCountry: "United Arab Emirates",
    },
  },
];

/** One contact has no phone number: that happens, and is shown. */
export const DEMO_CONTACTS: readonly DemoRecord[] = [
  {
    object: "Contact",
    id: DEMO_CONTACT_ID,
    values: {
      ...CLARA,
      FirstName: "Ana",
      LastName: "Souza",
      AccountId: DEMO_ACCOUNT_ID,
      Email: "ana.souza@padaria-horizonte.example",
      Phone: "+55 11 91234-5678",
      Title: "Head of purchasing",
      MailingCity: "São Paulo",
      MailingCountry: "Brazil",
      LeadSource: "Web",
    },
  },
  {
    object: "Contact",
    id: MAXIMILIAN_ID,
    values: {
      ...TOMAS,
      FirstName: "Maximilian",
      LastName: "Krämer-Schönfeldt",
      AccountId: MACHINERY_ID,
      Email: "m.kraemer-schoenfeldt@kraemer-feinmechanik.example",
      Phone: "+49 30 901820",
      MobilePhone: "+49 1512 3456789",
      Title: "Managing director",
      MailingCity: "Berlin",
      MailingCountry: "Germany",
    },
  },
  {
    object: "Contact",
    id: LEA_ID,
    values: {
      ...CLARA,
      FirstName: "Léa",
      LastName: "Martin",
      AccountId: ATELIER_ID,
      Email: "lea.martin@atelier-lumiere.example",
      MobilePhone: "+33 6 12 34 56 78",
      Title: "Studio lead",
      MailingCity: "Lyon",
      MailingCountry: "France",
    },
  },
  {
    object: "Contact",
    id: to18("003gK00000JonPt"),
    values: {
      ...CLARA,
      FirstName: "Jonas",
      LastName: "Petersen",
      Email: "jonas.petersen@mailbox.example",
      Title: "Office manager",
      MailingCity: "Aarhus",
      MailingCountry: "Denmark",
    },
  },
];

/** One of the leads has a number that cannot be right. */
export const DEMO_LEADS: readonly DemoRecord[] = [
  {
    object: "Lead",
    id: DEMO_LEAD_ID,
    values: {
      ...CLARA,
      FirstName: "Sofia",
      LastName: "Rossi",
      Company: "Caffè Aurora",
      Title: "Owner",
      Email: "sofia.rossi@caffe-aurora.example",
      MobilePhone: "+39 312 345 6789",
      Status: "Working - Contacted",
      LeadSource: "Web",
      City: "Torino",
      Country: "Italy",
    },
  },
  {
    object: "Lead",
    id: to18("00QgK00000PriNr"),
    values: {
      ...TOMAS,
      FirstName: "Priya",
      LastName: "Nair",
      Company: "Nair Consulting",
      Title: "Consultant",
      Email: "priya.nair@mailbox.example",
      Phone: "+91 12345",
      LeadSource: "Partner Referral",
      City: "Kochi",
      Country: "India",
    },
  },
];
