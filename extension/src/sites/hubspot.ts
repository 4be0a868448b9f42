import type { CrmRecordRef, RecordType } from "@aparte/core/crm-record.ts";

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

/** HubSpot's object type ids (CRM API, "Object type IDs"). Custom objects are `2-…` and are not records to us yet. */
const objectTypes: Readonly<Record<string, RecordType>> = {
  "0-1": "contact",
  "0-2": "company",
  "0-3": "deal",
  "0-5": "ticket",
};

/** Hooks around the record's name, seen in HubSpot's pages in October 2026. Nothing promises that they stay. */
const nameHooks = ['[data-test-id="highlight-record-label"]', '[data-selenium-test="highlightTitle"]'];
const longestName = 120;

function recordAt(url: URL): CrmRecordRef | null {
  if (url.protocol !== "https:" || url.port !== "" || !host.test(url.hostname)) return null;
  const [, account, objectType, oldType, id] = recordPath.exec(url.pathname) ?? [];
  if (account === undefined || id === undefined) return null;
  const type = objectType === undefined ? (oldType as RecordType) : objectTypes[objectType];
  return type ? { crm: "hubspot", account, type, id } : null;
}

/** HubSpot keeps pages that were left mounted and hidden, so only a name that is laid out counts. */
function nameHint(page: ParentNode): string | null {
  for (const hook of nameHooks) {
    for (const element of page.querySelectorAll(hook)) {
      const name = element.textContent.trim();
      if (name !== "" && element.checkVisibility()) return name.slice(0, longestName);
    }
  }
  return null;
}

export const hubspot = {
  crm: "hubspot" as const,
  matchPatterns: hosts.map((name) => `https://${name}.hubspot.com/*`),
  recordAt,
  nameHint,
};
