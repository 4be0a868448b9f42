import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { browser } from "wxt/browser";
import { asText, isObject } from "../../platform/guards.ts";
import { item, type Item } from "../../platform/storage.ts";
import { recordKey, refOfKey } from "../../sites/record-key.ts";

/** A record by its key, and the address that showed it. */
type Note = { readonly key: string; readonly address: string };

/**
 * The record that is open in a tab. It is kept in the browser's memory and not in the background's, which the browser ends
 * after 30 idle seconds; the panel of the tab follows it from there.
 */
function tabRecord(tabId: number): Item<Note> {
  return item("session", `record:${tabId}`, (value) => {
    if (!isObject(value)) return null;
    const [key, address] = [asText(value.key), asText(value.address)];
    return key === null || address === null ? null : { key, address };
  });
}

/** What the page and the browser say is open in a tab, and the browser's address of it. */
export type Claims = {
  readonly page: CrmRecordRef | null;
  readonly browser: CrmRecordRef | null;
  readonly address: string;
};

/**
 * Takes note of what a page says is open. The page is only believed when the browser's own address of its tab shows the
 * same record; otherwise the tab has none until both agree.
 */
export async function noteRecord(tabId: number, { page, browser: seen, address }: Claims): Promise<boolean> {
  const agreed = (page && recordKey(page)) === (seen && recordKey(seen));
  if (seen && agreed) await tabRecord(tabId).write({ key: recordKey(seen), address });
  else await forgetTab(tabId);
  return agreed;
}

export async function forgetTab(tabId: number): Promise<void> {
  await tabRecord(tabId).remove();
}

/** Whether the tab still stands where its record was noted: news of another one may be on their way. */
export async function isUpToDate(tabId: number): Promise<boolean> {
  // A tab that was closed stands nowhere.
  const [note, tab] = await Promise.all([tabRecord(tabId).read(), browser.tabs.get(tabId).catch(() => null)]);
  return note === null || note.address === tab?.url;
}

/** Follows the record of a tab: the one of now, then each other one. The answer ends it. */
export function followTab(tabId: number, onRecord: (ref: CrmRecordRef | null) => void): () => void {
  const record = tabRecord(tabId);
  const tell = (note: Note | null): void => onRecord(note === null ? null : refOfKey(note.key));
  let fresher = false;
  const stop = record.watch((found) => {
    fresher = true;
    tell(found);
  });
  void record.read().then((found) => fresher || tell(found));
  return stop;
}
