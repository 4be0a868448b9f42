import { datetime, email, flag, longText, phone, picklist, reference, text } from "./field.ts";
import { owner } from "./object-type.ts";
import type { ObjectDefinition } from "./object-type.ts";

export const CASE: ObjectDefinition = {
  name: "Case",
  keyPrefix: "500",
  mergeable: true,
  fields: [
    text("CaseNumber", 30, { readOnly: true, nillable: false, nameField: true, idLookup: true }),
    reference("ContactId", ["Contact"], { childRelationshipName: "Cases" }),
    reference("AccountId", ["Account"], { childRelationshipName: "Cases" }),
    reference("ParentId", ["Case"], { childRelationshipName: "Cases" }),
    owner(),
    text("Subject", 255),
    longText("Description", 32_000),
    picklist("Status", ["New", "Working", "Escalated", "Closed"], { required: true, defaultValue: "New" }),
    picklist("Priority", ["High", "Medium", "Low"], { defaultValue: "Medium" }),
    picklist("Origin", ["Phone", "Email", "Web"]),
    picklist("Type", ["Mechanical", "Electrical", "Electronic", "Structural", "Other"]),
    picklist("Reason", ["Installation", "Equipment Complexity", "Performance", "Breakdown", "Other"]),
    text("SuppliedName", 80),
    email("SuppliedEmail"),
    phone("SuppliedPhone"),
    text("SuppliedCompany", 80),
    flag("IsClosed", { readOnly: true }),
    flag("IsEscalated"),
    datetime("ClosedDate", { readOnly: true }),
  ],
};
