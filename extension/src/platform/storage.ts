import { browser } from "wxt/browser";

/**
 * One value in the browser's storage. What is read is parsed, because a former version or a person may have written it;
 * what does not parse counts as absent.
 */
export type Item<T> = {
  readonly read: () => Promise<T | null>;
  readonly write: (value: T) => Promise<void>;
  readonly remove: () => Promise<void>;
  /** Calls back with each change, whoever makes it. The answer ends it. */
  readonly watch: (onChange: (value: T | null) => void) => () => void;
};

/**
 * `local` survives a restart of the browser, `session` lives in memory until it is closed. Both are limited to the
 * extension's own pages (`keepFromPages`).
 */
export type Area = "local" | "session";

export function item<T>(area: Area, key: string, parse: (value: unknown) => T | null): Item<T> {
  const store = browser.storage[area];
  const parsed = (value: unknown): T | null => (value === undefined ? null : parse(value));
  return {
    read: async () => parsed((await store.get(key))[key]),
    write: (value) => store.set({ [key]: value }),
    remove: () => store.remove(key),
    watch: (onChange) => {
      const listener = (changes: Record<string, { newValue?: unknown }>): void => {
        const change = changes[key];
        if (change) onChange(parsed(change.newValue));
      };
      store.onChanged.addListener(listener);
      return () => store.onChanged.removeListener(listener);
    },
  };
}

/** Removes every value whose key begins so. */
export async function removeAll(area: Area, prefix: string): Promise<void> {
  await browser.storage[area].remove(await keysOf(area, prefix));
}

export async function keysOf(area: Area, prefix: string): Promise<string[]> {
  return Object.keys(await browser.storage[area].get(null)).filter((key) => key.startsWith(prefix));
}

/**
 * Refuses the storage to content scripts, which run inside the CRM's page. Chromium only: Firefox has no such switch yet,
 * there the content script simply does not ask.
 */
export async function keepFromPages(): Promise<void> {
  for (const area of [browser.storage.local, browser.storage.session]) {
    await area.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
  }
}
