import type { LocalMemory } from "@aparte/chat/port.ts";
import { useCallback, useEffect, useState } from "react";

/** What is known of the text beside a record. */
export type DraftNews = { readonly name?: string; readonly hasText?: boolean };
export type OnDraft = (record: string, news: DraftNews) => void;

const noticeTime = 8_000;

/** The name of the person whose unsent text stayed behind when another record was opened, for a while; else null. */
export function useKeptDraft(record: string | null): { readonly keptFor: string | null; readonly onDraft: OnDraft } {
  const [drafts, setDrafts] = useState<Readonly<Record<string, DraftNews>>>({});
  const [open, setOpen] = useState(record);
  const [left, setLeft] = useState<string | null>(null);
  if (open !== record) {
    // Between two records there may be a moment without one.
    if (open !== null) setLeft(open);
    setOpen(record);
  }
  useEffect(() => {
    if (left === null) return;
    const timer = setTimeout(() => setLeft(null), noticeTime);
    return () => clearTimeout(timer);
  }, [left]);
  // The last words are saved when the conversation goes away, so news of the record that was left may come after it.
  const onDraft: OnDraft = useCallback(
    (of, news) => setDrafts((known) => ({ ...known, [of]: { ...known[of], ...news } })),
    [],
  );
  const behind = left === null || left === record ? undefined : drafts[left];
  return { keptFor: behind?.hasText && behind.name ? behind.name : null, onDraft };
}

/** The same memory, telling whether there is an unsent text. */
export function tellingDrafts(memory: LocalMemory, tell: (hasText: boolean) => void): LocalMemory {
  const told = (key: string, text: string): string => {
    if (key.startsWith("draft ")) tell(text !== "");
    return text;
  };
  return {
    load: async (key) => told(key, await memory.load(key)),
    save: async (key, text) => {
      await memory.save(key, text);
      told(key, text);
    },
  };
}
