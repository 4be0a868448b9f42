import { refused } from "../salesforce-error.ts";
import { nameOf } from "./full-name.ts";
import { mirrorValues } from "./person-account.ts";
import type { Rule } from "./rule.ts";

export const personRule: Rule = { derive: ({ values }) => ({ Name: nameOf(values) }) };

/** A lead that was converted is closed for good. */
export const leadRule: Rule = {
  derive: ({ values, before }) => {
    if (before?.values["IsConverted"] === true) {
      throw refused("CANNOT_UPDATE_CONVERTED_LEAD", "cannot update converted lead");
    }
    return { Name: nameOf(values) };
  },
};

/** The contact behind a person account and the account are one person: what is changed on one shows on the other. */
export const contactRule: Rule = {
  ...personRule,
  after: ({ write, record, given, before }) => {
    if (before?.values["IsPersonAccount"] === true) mirrorValues(write.org, record, given);
  },
};
