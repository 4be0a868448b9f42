import type { CrmName, CrmRecordRef } from "@aparte/core/crm-record.ts";
import { hubspot } from "./hubspot.ts";
import { salesforce } from "./salesforce.ts";
import { visibleText, type HookedText } from "./visible-text.ts";

/** What the extension has to know about one CRM. A new CRM is one file beside this one and one line in `sites`. */
export type Site = {
  readonly crm: CrmName;
  /** Hosts on which the extension may run, as the browser's match patterns. Nothing wider is ever asked for. */
  readonly matchPatterns: readonly string[];
  /** Whether an address is on one of the CRM's hosts, exactly: a browser's pattern may be wider. */
  readonly isHost: (url: URL) => boolean;
  /** The record that an address shows; null for every other page and for every host that only looks alike. */
  readonly recordAt: (url: URL) => CrmRecordRef | null;
  /** Selectors around the record's name, the best first. Decoration while the API answers: never identity. */
  readonly nameHooks: readonly string[];
  /** Selector of the link that a list's preview has to its record, where a CRM previews without changing the address. */
  readonly previewHook?: string;
};

/** By name, as messages and settings speak of them. */
export const sites: Readonly<Record<CrmName, Site>> = { hubspot, salesforce };

/** The record that an address shows, whichever CRM it belongs to. Text that is no address shows none. */
export function recordAt(address: string): CrmRecordRef | null {
  const url = URL.parse(address);
  return (url && siteAt(address)?.recordAt(url)) ?? null;
}

/** The CRM that an address belongs to; null for a stranger's. */
export function siteAt(address: string): Site | null {
  const url = URL.parse(address);
  return Object.values(sites).find((site) => url && site.isHost(url)) ?? null;
}

/** The record's name as the page shows it just now, or null. */
export function nameHint(address: string, page: ParentNode): HookedText | null {
  const site = recordAt(address) && siteAt(address);
  return site && visibleText(page, site.nameHooks);
}

/**
 * The record that a list's preview links to, or null. A suggestion of the page, to be offered and never followed by itself: it
 * counts only where the address names no record, and only when it stays on the same host.
 */
export function previewHint(address: string, page: ParentNode): CrmRecordRef | null {
  const hook = siteAt(address)?.previewHook;
  if (hook === undefined || recordAt(address)) return null;
  for (const link of page.querySelectorAll(hook)) {
    const target = URL.parse(link.getAttribute("href") ?? "", address);
    if (target && target.origin === URL.parse(address)?.origin && link.checkVisibility()) return recordAt(target.href);
  }
  return null;
}

export function matchPatterns(): string[] {
  return Object.values(sites).flatMap((site) => site.matchPatterns);
}

/** One text per record, for keys in storage. Two records are the same exactly when their keys are. */
export function recordKey(ref: CrmRecordRef): string {
  return `${ref.crm}:${ref.account}:${ref.type}:${ref.id}`;
}
