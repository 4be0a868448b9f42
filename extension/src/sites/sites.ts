import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { hubspot } from "./hubspot.ts";
import { salesforce } from "./salesforce.ts";
import type { Site } from "./site.ts";

export const sites: readonly Site[] = [hubspot, salesforce];

/** The record that an address shows, whichever CRM it belongs to. Text that is no address shows none. */
export function recordAt(address: string): CrmRecordRef | null {
  const url = URL.parse(address);
  return (url && siteAt(address)?.recordAt(url)) ?? null;
}

/** The CRM that an address belongs to; null for a stranger's. */
export function siteAt(address: string): Site | null {
  const url = URL.parse(address);
  return sites.find((site) => url && site.isHost(url)) ?? null;
}

/**
 * The record that a list's preview links to (`href` as the page says it), or null. A suggestion of the page, to be offered and
 * never followed by itself: it counts only where the address names no record, and only when it stays on the same host.
 */
export function previewedAt(address: string, href: string): CrmRecordRef | null {
  const target = URL.parse(href, address);
  if (target === null || target.origin !== URL.parse(address)?.origin || recordAt(address)) return null;
  return recordAt(target.href);
}

/** Every host on which the extension may be asked to run. */
export function matchPatterns(): string[] {
  return sites.flatMap((site) => site.matchPatterns);
}
