import type { Database } from "./db.ts";
import { eventsChannel } from "./events.ts";

export type WakeHub = {
  /** Calls `listener` whenever the event log may have grown; returns the way to stop. */
  onEvents(listener: () => void): () => void;
  close(): Promise<void>;
};

/** One LISTEN connection for the whole process, however many readers it has. */
export async function createWakeHub(database: Database): Promise<WakeHub> {
  const listeners = new Set<() => void>();
  const unlisten = await database.listen(eventsChannel, () => {
    for (const listener of listeners) listener();
  });
  return {
    onEvents(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: unlisten,
  };
}
