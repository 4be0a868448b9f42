import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import type { Outgoing } from "./outgoing.ts";
import type { LinkState } from "./port.ts";

export type ConversationState = {
  readonly snapshot: ConversationSnapshot;
  /** What was sent from here and is not known to the API yet, in the order of sending. */
  readonly outgoing: readonly Outgoing[];
  readonly link: LinkState;
  /** When the stream is tried next (ISO 8601), while it is broken and that is known. */
  readonly retryAt: string | null;
  readonly older: "idle" | "loading" | "failed";
};

export type Store = {
  readonly getState: () => ConversationState;
  readonly change: (part: Partial<ConversationState>) => void;
  readonly listen: (onChange: () => void) => () => void;
};

/** The state of one conversation, and who listens to it. */
export function createStore(initial: ConversationState): Store {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    getState: () => state,
    change: (part) => {
      state = { ...state, ...part };
      for (const listener of listeners) listener();
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
