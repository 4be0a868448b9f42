import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { item, type Item } from "../../platform/storage.ts";
import { recordAt, recordKey } from "../../sites/site.ts";

/**
 * The address of the record that is open in a tab. It is kept in the browser's memory and not in the background's, which
 * the browser ends after 30 idle seconds; the panel of the tab follows it from there.
 */
function tabAddress(tabId: number): Item<string> {
  return item("session", `record:${tabId}`, (value) => (typeof value === "string" ? value : null));
}

/**
 * Takes note of what a page says is open. The page is only believed when the browser's own address of its tab shows the
 * same record; otherwise the tab has none until both agree.
 */
export async function noteRecord(tab: { id: number; url: string }, claimed: string | null): Promise<boolean> {
  const ref = recordAt(tab.url);
  const agreed = (ref && recordKey(ref)) === claimed;
  if (ref && agreed) await tabAddress(tab.id).write(tab.url);
  else await forgetTab(tab.id);
  return agreed;
}

export async function forgetTab(tabId: number): Promise<void> {
  await tabAddress(tabId).remove();
}

/** Follows the record of a tab: the one of now, then each other one. The answer ends it. */
export function followTab(tabId: number, onRecord: (ref: CrmRecordRef | null) => void): () => void {
  const address = tabAddress(tabId);
  const tell = (found: string | null): void => onRecord(found === null ? null : recordAt(found));
  let fresher = false;
  const stop = address.watch((found) => {
    fresher = true;
    tell(found);
  });
  void address.read().then((found) => fresher || tell(found));
  return stop;
}
