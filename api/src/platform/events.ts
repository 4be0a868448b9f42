import type { EventName, EventPayloads } from "@aparte/core/events.ts";
import { sql } from "drizzle-orm";
import { rows, type Tx } from "./db.ts";
import { wakeChannels, writeNotices } from "./wake.ts";

/** News to write: a name of the event table with its payload. */
export type NewEvent = {
  [Name in EventName]: { readonly name: Name; readonly payload: EventPayloads[Name] };
}[EventName] & { readonly workspaceId: string; readonly actor?: string | null };

/** An event as readers get it. */
export type EventRow = {
  [Name in EventName]: { readonly name: Name; readonly payload: EventPayloads[Name] };
}[EventName] & {
  readonly xid: string;
  readonly id: string;
  readonly workspaceId: string;
  readonly actor: string | null;
  readonly at: string;
};

/** The events of some names. */
export type EventOf<Name extends EventName> = Extract<EventRow, { readonly name: Name }>;

/** Appends to the log inside the caller's transaction: no commit, no news. One wake-up per call. */
export async function emit(tx: Tx, news: readonly NewEvent[]): Promise<void> {
  if (news.length === 0) return;
  await tx.execute(sql`
    insert into events (workspace_id, name, actor, payload)
    select r."workspaceId", r.name, r.actor, r.payload
    from jsonb_to_recordset(${rows(news)}) as r("workspaceId" uuid, name text, actor text, payload jsonb)`);
  const notices = news.map(({ name, workspaceId, payload }) => ({ name, workspaceId, contactId: personOf(payload) }));
  await tx.execute(sql`select pg_notify(${wakeChannels.news}, ${writeNotices(notices)})`);
}

/** Whom news is about; null when it is about nobody. */
export function personOf(payload: EventRow["payload"]): string | null {
  return "contactId" in payload ? payload.contactId : null;
}

/** A place in the log: everything up to and including it has been read. Opaque to clients: "xid.id". */
export type Cursor = { readonly xid: string; readonly id: string };

export function formatCursor(cursor: Cursor): string {
  return `${cursor.xid}.${cursor.id}`;
}

export function parseCursor(text: string): Cursor | null {
  const match = /^(\d{1,20})\.(\d{1,19})$/.exec(text);
  return match?.[1] && match[2] ? { xid: match[1], id: match[2] } : null;
}

export type EventPage = {
  readonly events: readonly EventRow[];
  readonly cursor: Cursor;
  /** True when there is more to read now, or news that a running transaction still hides: ask again soon. */
  readonly more: boolean;
};

/**
 * Reads on from a cursor. An id is given before its commit, so "id > last seen" would lose events that commit late;
 * only events of transactions older than every running one are handed out, in (xid, id) order: as numbers, which is why
 * the columns are named by their table, or their text forms would be sorted.
 *
 * @param workspaceId null reads all workspaces (consumers, as the system role).
 */
export async function readEvents(tx: Tx, cursor: Cursor, workspaceId: string | null, limit = 500): Promise<EventPage> {
  const mine = workspaceId === null ? sql`true` : sql`e.workspace_id = ${workspaceId}`;
  const found = await tx.execute<EventRow & { settled: boolean }>(sql`
    select e.xid::text as xid, e.id::text as id, e.workspace_id as "workspaceId", e.name, e.actor, e.payload, e.at,
      e.xid < pg_snapshot_xmin(pg_current_snapshot()) as settled
    from events e
    where (e.xid, e.id) > (${cursor.xid}::xid8, ${cursor.id}::bigint) and ${mine}
    order by e.xid, e.id limit ${limit}`);
  const settled = found.filter((row) => row.settled);
  const last = settled.at(-1);
  return {
    events: settled,
    cursor: last ? { xid: last.xid, id: last.id } : cursor,
    more: settled.length < found.length || found.length === limit,
  };
}

/** The end of the log as a reader may know it: a snapshot read in the same transaction misses nothing after it. */
export async function endOfLog(tx: Tx): Promise<Cursor> {
  const [row] = await tx.execute<{ xid: string }>(
    sql`select (pg_snapshot_xmin(pg_current_snapshot())::text::numeric - 1)::text as xid`,
  );
  return { xid: row?.xid ?? "0", id: "9223372036854775807" };
}

/** News that a running transaction still hides is asked for again after this, in milliseconds. */
export const hiddenNewsMs = 30;
