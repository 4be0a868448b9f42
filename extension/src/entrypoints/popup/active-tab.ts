import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { browser } from "wxt/browser";
import type { ToPage } from "../../platform/messages.ts";
import { toLook } from "../../platform/page-hooks.ts";
import type { Site } from "../../sites/site.ts";
import { previewedAt, siteAt } from "../../sites/sites.ts";

/** What Aparté sees in the tab beneath the popup. */
export type ActiveTab = { readonly id: number; readonly windowId: number; readonly seen: Seen };

export type Seen =
  /** No page of a CRM, or of one that we are not allowed to see: the browser then keeps the address to itself. */
  | { readonly state: "stranger" }
  /** A page of the CRM that has nobody of ours: it was there before we were. */
  | { readonly state: "stale"; readonly site: Site }
  /** `preview`: the record that a list's preview links to. */
  | { readonly state: "no_record"; readonly site: Site; readonly preview: CrmRecordRef | null }
  /** `named`: the page shows the record's name where we know to look. */
  | { readonly state: "record"; readonly site: Site; readonly ref: CrmRecordRef; readonly named: boolean };

export async function activeTab(): Promise<ActiveTab | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  if (tab?.id === undefined) return null;
  return { id: tab.id, windowId: tab.windowId, seen: await lookAt(tab.id, tab.url ?? "") };
}

/** The adapter's account of itself: what it makes of the address, and which of its hooks the page has. */
async function lookAt(tabId: number, address: string): Promise<Seen> {
  const site = siteAt(address);
  const url = URL.parse(address);
  if (site === null || url === null) return { state: "stranger" };
  const look = toLook(await tell(tabId, { kind: "look", hooks: site.hooks }));
  if (look === null) return { state: "stale", site };
  const ref = site.recordAt(url);
  if (ref) return { state: "record", site, ref, named: look.name !== null };
  return { state: "no_record", site, preview: look.preview === null ? null : previewedAt(address, look.preview) };
}

/** Opens the panel in a tab. */
export async function openPanelIn(tabId: number): Promise<void> {
  await tell(tabId, { kind: "open_panel" });
}

/** The answer of our script in a page; undefined when there is none. */
async function tell(tabId: number, message: ToPage): Promise<unknown> {
  return browser.tabs.sendMessage(tabId, message, { frameId: 0 }).catch(() => undefined);
}
