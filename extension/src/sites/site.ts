import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { hubspot } from "./hubspot.ts";

/** What the extension has to know about one CRM. A new CRM is one file beside this one and one line in `sites`. */
export type Site = {
  readonly crm: CrmRecordRef["crm"];
  /** Hosts on which the extension may run, as the browser's match patterns. Nothing wider is ever asked for. */
  readonly matchPatterns: readonly string[];
  /** The record that an address shows; null for every other page and for every host that only looks alike. */
  readonly recordAt: (url: URL) => CrmRecordRef | null;
  /** The record's name as the page shows it just now, or null. Decoration while the API answers: never identity. */
  readonly nameHint: (page: ParentNode) => string | null;
};

const sites: readonly Site[] = [hubspot];

/** The record that an address shows, whichever CRM it belongs to. Text that is no address shows none. */
export function recordAt(address: string): CrmRecordRef | null {
  const url = URL.parse(address);
  if (url === null) return null;
  for (const site of sites) {
    const ref = site.recordAt(url);
    if (ref) return ref;
  }
  return null;
}

export function nameHint(ref: CrmRecordRef, page: ParentNode): string | null {
  return sites.find((site) => site.crm === ref.crm)?.nameHint(page) ?? null;
}

export function matchPatterns(): string[] {
  return sites.flatMap((site) => site.matchPatterns);
}

/** One text per record, for keys in storage. Two records are the same exactly when their keys are. */
export function recordKey(ref: CrmRecordRef): string {
  return `${ref.crm}:${ref.account}:${ref.type}:${ref.id}`;
}
