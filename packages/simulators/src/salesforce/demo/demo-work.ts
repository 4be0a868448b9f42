import { to18 } from "../record-id.ts";
import {
  DEMO_ACCOUNT_ID,
  DEMO_CASE_ID,
  DEMO_CONTACT_ID,
  DEMO_MANAGER_ID,
  DEMO_OPPORTUNITY_ID,
  DEMO_REP_ID,
} from "./demo-ids.ts";
import { ATELIER_ID, LEA_ID, MACHINERY_ID, MAXIMILIAN_ID } from "./demo-people.ts";
import type { DemoRecord } from "./demo-record.ts";

const CLARA = { OwnerId: DEMO_REP_ID };
const TOMAS = { OwnerId: DEMO_MANAGER_ID };

const SERVICE_ID = to18("006gK00000SrvCt");
const SHOWROOM_ID = to18("006gK00000ShwLt");

const OPPORTUNITIES: readonly DemoRecord[] = [
  {
    object: "Opportunity",
    id: DEMO_OPPORTUNITY_ID,
    values: {
      ...CLARA,
      Name: "Bakery line for the Pinheiros shop",
      AccountId: DEMO_ACCOUNT_ID,
      StageName: "Value Proposition",
      Amount: 18_400,
      CloseDate: "2026-12-11",
    },
  },
  {
    object: "Opportunity",
    id: SERVICE_ID,
    values: {
      ...TOMAS,
      Name: "Yearly service contract 2027",
      AccountId: MACHINERY_ID,
      StageName: "Negotiation/Review",
      Amount: 46_250,
      CloseDate: "2026-12-18",
    },
  },
  {
    object: "Opportunity",
    id: SHOWROOM_ID,
    values: {
      ...CLARA,
      Name: "Showroom lighting",
      AccountId: ATELIER_ID,
      StageName: "Qualification",
      Amount: 7_900,
      CloseDate: "2027-01-29",
    },
  },
];

const ROLES: readonly DemoRecord[] = [
  { id: "00KgK00000RlePB", OpportunityId: DEMO_OPPORTUNITY_ID, ContactId: DEMO_CONTACT_ID, IsPrimary: true },
  { id: "00KgK00000RleSC", OpportunityId: SERVICE_ID, ContactId: MAXIMILIAN_ID, IsPrimary: true },
  { id: "00KgK00000RleSL", OpportunityId: SHOWROOM_ID, ContactId: LEA_ID, IsPrimary: true },
].map(({ id, ...values }) => ({
  object: "OpportunityContactRole",
  id: to18(id),
  values: { ...values, Role: "Decision Maker" },
}));

const CASES: readonly DemoRecord[] = [
  {
    object: "Case",
    id: DEMO_CASE_ID,
    values: {
      ...CLARA,
      Subject: "Delivery date of order A-1042",
      Description: "Wants to move the delivery to Friday.",
      ContactId: DEMO_CONTACT_ID,
      Status: "Working",
      Priority: "High",
      Origin: "Phone",
    },
  },
  {
    object: "Case",
    id: to18("500gK00000InvCp"),
    values: {
      ...TOMAS,
      Subject: "Invoice copy",
      Description: "Needs last month's invoice again.",
      ContactId: MAXIMILIAN_ID,
      Status: "New",
      Priority: "Low",
      Origin: "Email",
    },
  },
];

/** What is going on with the people of the demo: deals with their contacts, and cases. */
export const DEMO_WORK: readonly DemoRecord[] = [...OPPORTUNITIES, ...ROLES, ...CASES];
