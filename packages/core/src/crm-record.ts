import { z } from "zod";

export const crmNames = ["hubspot", "salesforce"] as const;
export type CrmName = (typeof crmNames)[number];

export const recordTypes = ["contact", "company", "deal", "ticket"] as const;
export type RecordType = (typeof recordTypes)[number];

/**
 * Which record is open: read from the page's URL by the extension, never from the page's content. `account` is the
 * CRM's own id of the customer's account (HubSpot: portal id), so that a record of another account is noticed.
 */
export const crmRecordRef = z.strictObject({
  crm: z.enum(crmNames),
  account: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  type: z.enum(recordTypes),
  id: z.string().regex(/^[A-Za-z0-9]{1,64}$/),
});
export type CrmRecordRef = z.infer<typeof crmRecordRef>;

/** One field of a record, as template variables are filled from it: HubSpot `firstname` is "Contact › First name". */
export type CrmField = { readonly name: string; readonly label: string; readonly value: string };

export function sameRecord(a: CrmRecordRef, b: CrmRecordRef): boolean {
  return a.crm === b.crm && a.account === b.account && a.type === b.type && a.id === b.id;
}
