import { eventNames, type EventName } from "@aparte/core/events.ts";
import type { Database } from "./db.ts";

/** What processes wake each other for. The notice is a hint: what counts is read from the tables. */
export const wakeChannels = { news: "aparte_events", deliveries: "aparte_deliveries" } as const;

/** That there is news, and whom it is about (null: nobody), so that only those look who have something to find. */
export type Notice = { readonly name: EventName; readonly workspaceId: string; readonly contactId: string | null };

export type WakeHub = {
  /** Calls `listener` whenever there may be news that `isAbout` takes; returns the way to stop. */
  onNews(isAbout: (notice: Notice) => boolean, listener: () => void): () => void;
  /** Calls `listener` whenever there may be a delivery to read; returns the way to stop. */
  onDeliveries(listener: () => void): () => void;
  close(): Promise<void>;
};

/** Takes news of these names, whomever they are about. */
export function named(names: readonly EventName[]): (notice: Notice) => boolean {
  const taken = new Set(names);
  return ({ name }) => taken.has(name);
}

/** Postgres takes less than 8,000 bytes ("NOTIFY"); all of these characters are one byte each. */
const longestNotice = 7_900;

/** Notices as the payload of one NOTIFY. Empty when there are too many to name: then everybody looks. */
export function writeNotices(notices: readonly Notice[]): string {
  const lines = notices.map(({ name, workspaceId, contactId }) => `${name} ${workspaceId} ${contactId ?? "-"}`);
  const payload = [...new Set(lines)].join("\n");
  return payload.length > longestNotice ? "" : payload;
}

/** What a payload names; null means that anything may have happened. */
export function readNotices(payload: string): readonly Notice[] | null {
  const notices = payload.split("\n").map(readNotice);
  return notices.every((notice) => notice !== null) ? notices : null;
}

const known: ReadonlySet<string> = new Set(eventNames);

function readNotice(line: string): Notice | null {
  const [name, workspaceId, contactId] = line.split(" ");
  if (!isName(name) || !workspaceId || !contactId) return null;
  return { name, workspaceId, contactId: contactId === "-" ? null : contactId };
}

function isName(name: string | undefined): name is EventName {
  return name !== undefined && known.has(name);
}

type Listener = { readonly isAbout: (notice: Notice) => boolean; readonly call: () => void };

/** One LISTEN connection for the whole process, however many readers it has. */
export async function createWakeHub(database: Database): Promise<WakeHub> {
  const readers = new Set<Listener>();
  const takers = new Set<() => void>();
  const stops = await Promise.all([
    database.listen(wakeChannels.news, (payload) => {
      const notices = readNotices(payload);
      for (const { isAbout, call } of readers) if (notices === null || notices.some(isAbout)) call();
    }),
    database.listen(wakeChannels.deliveries, () => {
      for (const call of takers) call();
    }),
  ]);
  return {
    onNews(isAbout, call) {
      const listener = { isAbout, call };
      readers.add(listener);
      return () => readers.delete(listener);
    },
    onDeliveries(call) {
      takers.add(call);
      return () => takers.delete(call);
    },
    async close() {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}
