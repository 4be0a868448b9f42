import type { CrmRecordRef, RecordType } from "@aparte/core/crm-record.ts";
import type { Site } from "./site.ts";

/**
 * HubSpot's app and its regional hosts. The expression is exact at both ends, so that `app.hubspot.com.example.org` and
 * `app-eu1.hubspot.com@example.org` are strangers. Chrome's patterns cannot say `app-*`, hence the list.
 */
const host = /^app(-[a-z]{2}\d)?\.hubspot\.com$/;
const hosts = ["app", "app-eu1", "app-na1", "app-na2", "app-na3", "app-ap1"];

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

function recordAt(url: URL): CrmRecordRef | null {
  if (!isHost(url)) return null;
  const [, desk, ticket] = ticketPath.exec(url.pathname) ?? [];
  if (desk !== undefined && ticket !== undefined) return { crm: "hubspot", account: desk, type: "ticket", id: ticket };
  const [, account, objectType, oldType, id] = recordPath.exec(url.pathname) ?? [];
  if (account === undefined || id === undefined) return null;
  const type = objectType === undefined ? (oldType as RecordType) : objectTypes[objectType];
  return type ? { crm: "hubspot", account, type, id } : null;
}

function isHost({ protocol, port, hostname }: URL): boolean {
  return protocol === "https:" && port === "" && host.test(hostname);
}

export const hubspot: Site = {
  crm: "hubspot",
  title: "HubSpot",
  matchPatterns: hosts.map((name) => `https://${name}.hubspot.com/*`),
  isHost,
  recordAt,
  // Seen in HubSpot's pages in October 2026. The preview beside a list is of builds that do not change the address for it.
  hooks: {
    name: ['[data-test-id="highlight-record-label"]', '[data-selenium-test="highlightTitle"]'],
    preview: ['[data-selenium-test="grid-sidebar-container-profile-btn"][href]'],
  },
};
