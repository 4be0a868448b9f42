import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { LocalMemory } from "@aparte/chat/port.ts";
import { asText, isObject } from "../../platform/guards.ts";
import { personalPrefixes, storedSession } from "../../platform/session.ts";
import { item, keysOf, type Item } from "../../platform/storage.ts";
import { recordKey } from "../../sites/site.ts";

/** What is not touched for so long is forgotten, in milliseconds. */
const memoryLasts = 30 * 24 * 60 * 60 * 1000;

type Kept = { readonly text: string; readonly savedAt: number };

/**
 * Drafts and reading marks of one person beside one record. Keyed by both, so that nothing written for one record is ever
 * offered beside another, and a second person at this browser does not find the first one's words.
 */
export function createMemory(userId: string, ref: CrmRecordRef, now: () => number = Date.now): LocalMemory {
  const kept = (key: string): Item<Kept> => keptAt(`${personalPrefixes.local}${userId}:${recordKey(ref)}:${key}`);
  return {
    load: async (key) => {
      const found = await kept(key).read();
      return found && found.savedAt + memoryLasts > now() ? found.text : "";
    },
    save: async (key, text) => {
      if (text === "") return kept(key).remove();
      // A panel that closes because its person signed out must not write their draft after it was wiped.
      const session = await storedSession.read();
      if (session?.user.id === userId) await kept(key).write({ text, savedAt: now() });
    },
  };
}

/** Removes what was not touched for 30 days. */
export async function forgetOldMemory(now: number): Promise<void> {
  for (const key of await keysOf("local", personalPrefixes.local)) {
    const found = await keptAt(key).read();
    if (found === null || found.savedAt + memoryLasts <= now) await keptAt(key).remove();
  }
}

function keptAt(key: string): Item<Kept> {
  return item("local", key, (value) => {
    if (!isObject(value)) return null;
    const text = asText(value.text);
    return text === null || typeof value.savedAt !== "number" ? null : { text, savedAt: value.savedAt };
  });
}
