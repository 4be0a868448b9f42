import type { Database } from "./db.ts";

/** What processes wake each other for. The notice carries nothing: what counts is read from the tables. */
export const wakeChannels = ["aparte_events", "aparte_deliveries"] as const;
export type WakeChannel = (typeof wakeChannels)[number];

export type WakeHub = {
  /** Calls `listener` whenever there may be news; returns the way to stop. */
  on(channel: WakeChannel, listener: () => void): () => void;
  close(): Promise<void>;
};

/** One LISTEN connection for the whole process, however many readers it has. */
export async function createWakeHub(database: Database): Promise<WakeHub> {
  const listeners = new Map(wakeChannels.map((channel) => [channel, new Set<() => void>()]));
  const stops = await Promise.all(
    wakeChannels.map((channel) =>
      database.listen(channel, () => {
        for (const listener of listeners.get(channel) ?? []) listener();
      }),
    ),
  );
  return {
    on(channel, listener) {
      listeners.get(channel)?.add(listener);
      return () => listeners.get(channel)?.delete(listener);
    },
    async close() {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}
