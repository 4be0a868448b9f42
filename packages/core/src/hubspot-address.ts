import type { CrmRecordRef, RecordType } from "./crm-record.ts";
import type { AddressForms, PageAddress } from "./page-address.ts";

/**
 * HubSpot's app and its regional hosts. The expression is exact at both ends, so that `app.hubspot.com.example.org` and
 * `app-eu1.hubspot.com@example.org` are strangers.
 */
const host = /^app(-[a-z]{2}\d)?\.hubspot\.com$/;

/**
 * `/contacts/{portal}/record/{objectType}/{id}` since 2022, and `/contacts/{portal}/{contact|company|deal|ticket}/{id}`,
 * which mails and bookmarks still hold. The first part is `contacts` for every type. Ids are decimal and may pass 2^53:
 * they stay text.
 */
const recordPath =
  /^\/contacts\/(\d{1,20})\/(?:record\/(\d{1,3}-\d{1,20})|(contact|company|deal|ticket))\/(\d{1,20})(?:\/|$)/;
/** The help desk shows a ticket below the view that it was opened from: `/help-desk/{portal}/view/{view}/ticket/{id}`. */
const ticketPath = /^\/help-desk\/(\d{1,20})(?:\/[\w-]{1,40}){0,6}\/ticket\/(\d{1,20})(?:\/|$)/;

/** HubSpot's object type ids (CRM API, "Object type IDs"). Custom objects are `2-…` and are not records to us yet. */
const objectTypes: Readonly<Record<string, RecordType>> = {
  "0-1": "contact",
  "0-2": "company",
  "0-3": "deal",
  "0-5": "ticket",
};

export const hubspotAddress: AddressForms = { isHost, recordAt };

function isHost({ protocol, port, hostname }: PageAddress): boolean {
  return protocol === "https:" && port === "" && host.test(hostname);
}

function recordAt(address: PageAddress): CrmRecordRef | null {
  if (!isHost(address)) return null;
  const [, desk, ticket] = ticketPath.exec(address.pathname) ?? [];
  if (desk !== undefined && ticket !== undefined) return { crm: "hubspot", account: desk, type: "ticket", id: ticket };
  const [, account, objectType, oldType, id] = recordPath.exec(address.pathname) ?? [];
  if (account === undefined || id === undefined) return null;
  const type = objectType === undefined ? (oldType as RecordType) : objectTypes[objectType];
  return type ? { crm: "hubspot", account, type, id } : null;
}
