import type { SObject } from "../record-store.ts";
import { refused } from "../salesforce-error.ts";
import { salesforceDay } from "../salesforce-time.ts";
import type { ObjectType } from "../schema/object-type.ts";
import type { Values } from "./read-values.ts";
import { changeRecord, insertRecord, noteWrite } from "./save-record.ts";
import type { Write } from "./write.ts";

/** Into what a lead is converted: records that are there, or new ones. */
export type Conversion = {
  lead: SObject;
  account: SObject | undefined;
  contact: SObject | undefined;
  /** Name of the deal that begins with it; null for none. */
  opportunityName: string | null;
};

export type Converted = { accountId: string; contactId: string; opportunityId: string | null };

const ADDRESS = /^(?:Street|City|State|PostalCode|Country)$/u;
const DAYS_TO_CLOSE = 30;
const DAY_MS = 86_400_000;

/**
 * Converts a lead, as people do on its page: it lives on as a contact of an account, its activities move there, and it
 * is closed for good. Refuses (400) one that is converted already.
 */
export function convertLead(write: Write, { lead, account, contact, opportunityName }: Conversion): Converted {
  const { org } = write;
  if (lead.values["IsConverted"] === true)
    throw refused("CANNOT_UPDATE_CONVERTED_LEAD", "cannot convert converted lead");
  return org.atomically(() => {
    const { OwnerId = null, Company = null } = lead.values;
    const accountId = account?.id ?? insertRecord(write, org.schema.object("Account"), { Name: Company, OwnerId }).id;
    const person = org.schema.object("Contact");
    const contactId =
      contact?.id ?? insertRecord(write, person, { ...valuesFor(person, lead), AccountId: accountId, OwnerId }).id;
    const opportunityId = opportunityName === null ? null : openDeal(write, { opportunityName, accountId, contactId });

    for (const name of ["Task", "Event"]) {
      const type = org.schema.object(name);
      for (const activity of org.records.withValue(type, "WhoId", lead.id)) {
        changeRecord(write, activity, { WhoId: contactId });
      }
    }
    changeRecord(write, lead, {
      Status: "Closed - Converted",
      IsConverted: true,
      ConvertedDate: salesforceDay(write.at),
      ConvertedAccountId: accountId,
      ConvertedContactId: contactId,
      ConvertedOpportunityId: opportunityId,
    });
    noteWrite(write, "convert", lead, { account_id: accountId, contact_id: contactId, opportunity_id: opportunityId });
    return { accountId, contactId, opportunityId };
  });
}

/** What the contact takes over: fields of the same name, and the lead's address as its own. */
function valuesFor(contact: ObjectType, { values }: SObject): Values {
  const entries = Object.entries(values).flatMap(([name, value]) => {
    const field = contact.field(ADDRESS.test(name) ? `Mailing${name}` : name);
    return field?.createable === true && field.name !== "OwnerId" ? [[field.name, value] as const] : [];
  });
  return Object.fromEntries(entries);
}

function openDeal(
  write: Write,
  { opportunityName, accountId, contactId }: { opportunityName: string; accountId: string; contactId: string },
): string {
  const deal = insertRecord(write, write.org.schema.object("Opportunity"), {
    Name: opportunityName,
    AccountId: accountId,
    StageName: "Prospecting",
    CloseDate: salesforceDay(write.at + DAYS_TO_CLOSE * DAY_MS),
    ContactId: contactId,
  });
  return deal.id;
}
