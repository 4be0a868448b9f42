import { salesforceTime } from "../salesforce-time.ts";
import { numbered } from "./numbering.ts";
import type { Rule } from "./rule.ts";

const number = numbered("CaseNumber", "");

/** A case has a number, and the account of its contact unless another is named. */
export const caseRule: Rule = {
  derive: (draft) => {
    const { org, at, values, before } = draft;
    const isClosed = values["Status"] === "Closed";
    const contactId = values["ContactId"];
    const contact =
      typeof contactId === "string" ? org.records.live(org.schema.object("Contact"), contactId) : undefined;
    return {
      ...number(draft),
      AccountId: values["AccountId"] ?? contact?.values["AccountId"] ?? null,
      IsClosed: isClosed,
      ClosedDate: isClosed ? (before?.values["ClosedDate"] ?? salesforceTime(at)) : null,
    };
  },
};
