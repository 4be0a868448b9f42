import type { RecordType } from "@aparte/core/crm-record.ts";
import { browser } from "wxt/browser";
import type { ToPage } from "../../platform/messages.ts";
import { recordAt } from "../../sites/site.ts";

/** The tab beneath the popup. The browser only tells its address on the CRM hosts we have permission for. */
export type ActiveTab = { readonly id: number; readonly record: RecordType | null };

export async function activeTab(): Promise<ActiveTab | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.id === undefined ? null : { id: tab.id, record: recordAt(tab.url ?? "")?.type ?? null };
}

/** Opens the panel in a tab; false when the tab was loaded before the extension was and has nobody to open it. */
export async function openPanelIn(tabId: number): Promise<boolean> {
  const message: ToPage = { kind: "open_panel" };
  return browser.tabs.sendMessage(tabId, message, { frameId: 0 }).then(
    () => true,
    () => false,
  );
}
