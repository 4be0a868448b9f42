import type { ThreadView } from "@aparte/core/crm-thread.ts";
import type { ErrorCode } from "@aparte/core/errors.ts";
import type { PanelActions } from "../port.ts";

export type ThreadState = {
  /** Null until something came. While `loading` it is of the former question. */
  readonly view: ThreadView | null;
  readonly state: "loading" | "ready" | "unreachable" | { readonly refused: ErrorCode };
};

/** The messages of everyone on a record, as far as they were asked for. */
export type ThreadSearch = {
  readonly getState: () => ThreadState;
  readonly listen: (onChange: () => void) => () => void;
  /** Begins anew with the newest messages that say all these words; empty for all. */
  readonly search: (words: string) => Promise<void>;
  /** Asks the same once more, after it was not reached or refused. */
  readonly retry: () => Promise<void>;
  /** Adds the page before the first message. */
  readonly loadOlder: () => Promise<void>;
};

/** Asks for messages page by page. The answer to a former question changes nothing. */
export function createThreadSearch(ask: NonNullable<PanelActions["thread"]>): ThreadSearch {
  let current: ThreadState = { view: null, state: "loading" };
  let words = "";
  let turn = 0;
  const listeners = new Set<() => void>();
  const change = (next: ThreadState): void => {
    current = next;
    for (const listener of listeners) listener();
  };
  const load = async (older: ThreadView | null): Promise<void> => {
    const mine = ++turn;
    change({ ...current, state: "loading" });
    const before = older?.messages[0]?.message.id ?? null;
    const outcome = await ask({ words, before }).catch(() => null);
    if (mine !== turn) return;
    if (outcome === null) change({ ...current, state: "unreachable" });
    else if (!outcome.ok) change({ view: null, state: { refused: outcome.refused } });
    else change({ view: joined(outcome.thread, older), state: "ready" });
  };
  return {
    getState: () => current,
    listen: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    search: (next) => {
      words = next;
      return load(null);
    },
    retry: () => load(null),
    loadOlder: async () => {
      if (current.state === "ready" && current.view?.hasMore) await load(current.view);
    },
  };
}

function joined(page: ThreadView, older: ThreadView | null): ThreadView {
  return older ? { ...page, messages: [...page.messages, ...older.messages] } : page;
}
