import type { PanelFacts } from "@aparte/core/panel-state.ts";
import type { ChatPort, LocalMemory, PanelActions } from "./port.ts";

/** What `<ChatPanel>` is given. Put a `<WordsProvider>` of i18n/words-context.tsx around it. */
export type ChatPanelProps = {
  readonly port: ChatPort;
  /**
   * What the surface knows. The panel follows the conversation of `view` by itself through the port; giving a newer view of
   * the same person merges it. `reachable` speaks of opening the record; the panel adds what its live stream notices.
   */
  readonly facts: PanelFacts;
  readonly memory: LocalMemory;
  readonly actions: PanelActions;
  /** How people call the API they wait for: "wa.example.com". */
  readonly apiName: string;
  /** When the surface asks the API next (ISO 8601), while it does not answer; null when unknown. */
  readonly retryAt?: string | null;
  /** The time; another one is given only to show a fixed moment. */
  readonly clock?: () => Date;
};
