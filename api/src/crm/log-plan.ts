import { sessionsOf } from "@aparte/crm/log-entry.ts";

/** A session of a conversation and the entry that it has or gets: the entry keeps the start that it was made with. */
export type PlannedEntry<M> = { readonly sessionStart: string; readonly messages: readonly M[] };

/**
 * Divides messages among entries. A session belongs to the entry whose start lies in it, so an entry keeps its session
 * when a message from before its start arrives late; a session without an entry gets one that starts where it starts.
 * When a late message joins two sessions that have entries already, each keeps what comes before the other's start.
 *
 * @param starts ISO 8601 starts of the entries that exist.
 */
export function planEntries<M extends { readonly at: string }>(
  messages: readonly M[],
  starts: readonly string[],
): PlannedEntry<M>[] {
  const known = starts.toSorted((a, b) => Date.parse(a) - Date.parse(b));
  return sessionsOf(messages).flatMap((session) => {
    const inside = known.filter((start) => isBetween(start, session.startedAt, session.endedAt));
    const own = inside.length === 0 ? [session.startedAt] : inside;
    return own.map((sessionStart, index) => {
      const [from, before] = [index === 0 ? -Infinity : Date.parse(sessionStart), own[index + 1]];
      const until = before === undefined ? Infinity : Date.parse(before);
      return {
        sessionStart,
        messages: session.messages.filter(({ at }) => Date.parse(at) >= from && Date.parse(at) < until),
      };
    });
  });
}

function isBetween(time: string, from: string, to: string): boolean {
  return Date.parse(time) >= Date.parse(from) && Date.parse(time) <= Date.parse(to);
}

/** How far back a conversation is read and, when a record is linked, written to the CRM, in days. */
const daysBack = 30;

/**
 * From where on messages decide about entries (milliseconds since 1970): 30 days ago, or the start of the entry that
 * may reach into them.
 */
export function planFrom(starts: readonly string[], now: number): number {
  const horizon = now - daysBack * 86_400_000;
  const older = starts.map((start) => Date.parse(start)).filter((start) => start <= horizon);
  return older.length === 0 ? horizon : Math.max(...older);
}
