import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { item, type Item } from "../../platform/storage.ts";
import { recordKey, refOfKey } from "../../sites/record-key.ts";

/**
 * The key of the record that is open in a tab. It is kept in the browser's memory and not in the background's, which the
 * browser ends after 30 idle seconds; the panel of the tab follows it from there.
 */
function tabRecord(tabId: number): Item<string> {
  return item("session", `record:${tabId}`, (value) => (typeof value === "string" ? value : null));
}

/** What the page and the browser say is open in a tab. */
export type Claims = { readonly page: CrmRecordRef | null; readonly browser: CrmRecordRef | null };

/**
 * Takes note of what a page says is open. The page is only believed when the browser's own address of its tab shows the
 * same record; otherwise the tab has none until both agree.
 */
export async function noteRecord(tabId: number, { page, browser }: Claims): Promise<boolean> {
  const agreed = (page && recordKey(page)) === (browser && recordKey(browser));
  if (browser && agreed) await tabRecord(tabId).write(recordKey(browser));
  else await forgetTab(tabId);
  return agreed;
}

export async function forgetTab(tabId: number): Promise<void> {
  await tabRecord(tabId).remove();
}

/** Follows the record of a tab: the one of now, then each other one. The answer ends it. */
export function followTab(tabId: number, onRecord: (ref: CrmRecordRef | null) => void): () => void {
  const record = tabRecord(tabId);
  const tell = (key: string | null): void => onRecord(key === null ? null : refOfKey(key));
  let fresher = false;
  const stop = record.watch((found) => {
    fresher = true;
    tell(found);
  });
  void record.read().then((found) => fresher || tell(found));
  return stop;
}
