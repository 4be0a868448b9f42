import { z } from "zod";

export const crmNames = ["hubspot", "salesforce"] as const;
export type CrmName = (typeof crmNames)[number];

/**
 * The types of record, by the words of this product. Salesforce calls a company an Account (a Person Account as well: its
 * page has the same address), a deal an Opportunity and a ticket a Case; only Salesforce has leads.
 */
export const recordTypes = ["contact", "lead", "company", "deal", "ticket"] as const;
export type RecordType = (typeof recordTypes)[number];

/**
 * Which record is open: read from the page's URL by the extension, never from the page's content. `account` names the
 * customer's account, so that a record of another one is noticed: HubSpot's portal id; Salesforce's My Domain with its
 * sandbox or edition, in lower case, as it stands before `.lightning.force.com` (`acme`, `acme--uat.sandbox`). Ids of
 * Salesforce have 18 characters.
 */
export const crmRecordRef = z.strictObject({
  crm: z.enum(crmNames),
  account: z.string().regex(/^[A-Za-z0-9.-]{1,100}$/),
  type: z.enum(recordTypes),
  id: z.string().regex(/^[A-Za-z0-9]{1,64}$/),
});
export type CrmRecordRef = z.infer<typeof crmRecordRef>;

/** One field of a record, as template variables are filled from it: HubSpot `firstname` is "Contact › First name". */
export type CrmField = { readonly name: string; readonly label: string; readonly value: string };

/** A record as people know it. */
export type RecordHeader = {
  readonly ref: CrmRecordRef;
  readonly name: string;
  /** Link to the record in the CRM's own interface. */
  readonly url: string;
};

export function sameRecord(a: CrmRecordRef, b: CrmRecordRef): boolean {
  return a.crm === b.crm && a.account === b.account && a.type === b.type && a.id === b.id;
}
