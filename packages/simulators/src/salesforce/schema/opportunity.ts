import { LEAD_SOURCES } from "./choices.ts";
import { date, field, flag, longText, picklist, reference, text } from "./field.ts";
import { owner } from "./object-type.ts";
import type { ObjectDefinition } from "./object-type.ts";

/** The stages of a deal: how likely each is to end well, and how the last two have ended. */
export const STAGES: readonly { name: string; probability: number; closed?: boolean; won?: boolean }[] = [
  { name: "Prospecting", probability: 10 },
  { name: "Qualification", probability: 10 },
  { name: "Needs Analysis", probability: 20 },
  { name: "Value Proposition", probability: 50 },
  { name: "Proposal/Price Quote", probability: 75 },
  { name: "Negotiation/Review", probability: 90 },
  { name: "Closed Won", probability: 100, closed: true, won: true },
  { name: "Closed Lost", probability: 0, closed: true },
];

const ROLES = ["Business User", "Decision Maker", "Economic Buyer", "Evaluator", "Influencer", "Other"];

export const OPPORTUNITY: ObjectDefinition = {
  name: "Opportunity",
  labelPlural: "Opportunities",
  keyPrefix: "006",
  fields: [
    text("Name", 120, { required: true, nameField: true }),
    reference("AccountId", ["Account"], { childRelationshipName: "Opportunities" }),
    owner(),
    picklist(
      "StageName",
      STAGES.map(({ name }) => name),
      { required: true },
    ),
    date("CloseDate", { required: true }),
    field("Amount", "currency"),
    field("Probability", "double"),
    picklist("Type", ["New Business", "Existing Business"]),
    picklist("LeadSource", LEAD_SOURCES),
    text("NextStep", 255),
    longText("Description", 32_000),
    flag("IsClosed", { readOnly: true }),
    flag("IsWon", { readOnly: true }),
    reference("ContactId", ["Contact"], { createOnly: true }),
    date("LastActivityDate", { readOnly: true }),
  ],
};

/** A person's part in a deal. */
export const OPPORTUNITY_CONTACT_ROLE: ObjectDefinition = {
  name: "OpportunityContactRole",
  label: "Opportunity Contact Role",
  keyPrefix: "00K",
  fields: [
    reference("OpportunityId", ["Opportunity"], {
      required: true,
      createOnly: true,
      childRelationshipName: "OpportunityContactRoles",
      cascadeDelete: true,
    }),
    reference("ContactId", ["Contact"], {
      required: true,
      childRelationshipName: "OpportunityContactRoles",
      cascadeDelete: true,
    }),
    picklist("Role", ROLES),
    flag("IsPrimary"),
  ],
};
