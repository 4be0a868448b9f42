import type { LocalMemory } from "@aparte/chat/port.ts";
import { asText, isObject } from "../../platform/guards.ts";
import { personalPrefixes, storedSession } from "../../platform/session.ts";
import { item, keysOf, type Item } from "../../platform/storage.ts";

/** What is not touched for so long is forgotten, in milliseconds. */
const memoryLasts = 30 * 24 * 60 * 60 * 1000;

/**
 * So long may one text be (four times what WhatsApp takes), and so many are kept, the newest: together they stay well below the
 * 10 MB that the browser gives an extension.
 */
export const limits = { length: 16_384, count: 300 } as const;

type Kept = { readonly text: string; readonly savedAt: number };

/**
 * Drafts and reading marks of one person beside one record or number (its key). Keyed by both, so that nothing written for one record is ever
 * offered beside another, and a second person at this browser does not find the first one's words.
 */
export function createMemory(userId: string, subject: string, now: () => number = Date.now): LocalMemory {
  const kept = (key: string): Item<Kept> => keptAt(`${personalPrefixes.local}${userId}:${subject}:${key}`);
  return {
    load: async (key) => {
      const found = await kept(key).read();
      return found && found.savedAt + memoryLasts > now() ? found.text : "";
    },
    save: async (key, text) => {
      if (text === "") return kept(key).remove();
      // A panel that closes because its person signed out must not write their draft after it was wiped.
      const session = await storedSession.read();
      if (session?.user.id === userId) await kept(key).write({ text: text.slice(0, limits.length), savedAt: now() });
    },
  };
}

/** Removes what was not touched for 30 days, and of more than 300 the oldest. */
export async function forgetOldMemory(now: number): Promise<void> {
  const all: { readonly key: string; readonly savedAt: number }[] = [];
  for (const key of await keysOf("local", personalPrefixes.local)) {
    const savedAt = (await keptAt(key).read())?.savedAt ?? 0;
    all.push({ key, savedAt });
  }
  const newest = all.toSorted((a, b) => b.savedAt - a.savedAt);
  for (const [at, { key, savedAt }] of newest.entries()) {
    if (at >= limits.count || savedAt + memoryLasts <= now) await keptAt(key).remove();
  }
}

function keptAt(key: string): Item<Kept> {
  return item("local", key, (value) => {
    if (!isObject(value)) return null;
    const text = asText(value.text);
    return text === null || typeof value.savedAt !== "number" ? null : { text, savedAt: value.savedAt };
  });
}
