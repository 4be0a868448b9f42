import { refused } from "../salesforce-error.ts";
import { nameOf } from "./full-name.ts";
import { contactFieldOf, contactValues, mirrorValues } from "./person-account.ts";
import type { Draft, Rule } from "./rule.ts";

/** A company has a name; a person account has the name of the person, and a contact of its own behind it. */
export const accountRule: Rule = {
  derive: (draft) => {
    const { org, values, before } = draft;
    const isPerson = isPersonAccount(draft);
    refuseForeignFields(draft, isPerson);
    if (!isPerson) return { IsPersonAccount: false };
    const contactId = before?.values["PersonContactId"] ?? org.ids.next(org.schema.object("Contact").keyPrefix);
    return { IsPersonAccount: true, Name: nameOf(values), PersonContactId: contactId };
  },
  after: ({ write, record, given, before, insert }) => {
    if (record.values["IsPersonAccount"] !== true) return;
    if (before !== undefined) {
      mirrorValues(write.org, record, given);
      return;
    }
    const contact = { ...contactValues(write.org, record.values), AccountId: record.id, IsPersonAccount: true };
    insert(write.org.schema.object("Contact"), contact, String(record.values["PersonContactId"]));
  },
};

function isPersonAccount({ org, values, given, before }: Draft): boolean {
  if (before !== undefined) return before.values["IsPersonAccount"] === true;
  if (typeof given["LastName"] === "string") return true;
  const recordTypeId = values["RecordTypeId"];
  const recordType =
    typeof recordTypeId === "string" ? org.records.live(org.schema.object("RecordType"), recordTypeId) : undefined;
  return recordType?.values["IsPersonType"] === true;
}

/** Refuses (400) a person's fields on a company, and a name in one piece on a person. */
function refuseForeignFields({ org, given }: Draft, isPerson: boolean): void {
  const contact = org.schema.object("Contact");
  const isPersonal = (name: string) =>
    /^(?:First|Last)Name$|^Salutation$/u.test(name) || (/^Person|__pc$/u.test(name) && contactFieldOf(contact, name));
  const foreign = Object.keys(given).filter((name) => (isPerson ? name === "Name" : isPersonal(name)));
  const [first] = foreign;
  if (first === undefined) return;
  throw refused(
    "INVALID_FIELD_FOR_INSERT_UPDATE",
    `Account: bad field names on insert/update call: ${foreign.join(", ")}`,
    foreign,
  );
}
