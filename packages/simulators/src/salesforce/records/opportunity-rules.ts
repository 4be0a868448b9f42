import { STAGES } from "../schema/opportunity.ts";
import type { Rule } from "./rule.ts";

/** The stage of a deal says how likely it is, and whether it has ended. */
export const opportunityRule: Rule = {
  derive: ({ values, given }) => {
    const stage = STAGES.find(({ name }) => name === values["StageName"]);
    const isNewStage = given["StageName"] !== undefined && given["Probability"] === undefined;
    return {
      IsClosed: stage?.closed ?? false,
      IsWon: stage?.won ?? false,
      ...(isNewStage && stage !== undefined ? { Probability: stage.probability } : {}),
    };
  },
  after: ({ write, record, before, given, insert }) => {
    if (before !== undefined || typeof given["ContactId"] !== "string") return;
    insert(write.org.schema.object("OpportunityContactRole"), {
      OpportunityId: record.id,
      ContactId: given["ContactId"],
      IsPrimary: true,
    });
  },
};

/** A deal has one primary person: naming another takes the mark from the one before. */
export const contactRoleRule: Rule = {
  after: ({ write, record, change }) => {
    if (record.values["IsPrimary"] !== true) return;
    const opportunityId = record.values["OpportunityId"] ?? null;
    for (const role of write.org.records.withValue(record.type, "OpportunityId", opportunityId)) {
      if (role.id !== record.id && role.values["IsPrimary"] === true) change(role, { IsPrimary: false });
    }
  },
};
