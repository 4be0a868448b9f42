import type { LogKind } from "@aparte/crm/entry.ts";
import { sql, type SQL } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";

/** An entry begins on the timeline this soon after its first message, in milliseconds: two quick ones are one write. */
const firstWriteMs = 300;
/** While people chat an entry is rewritten at most this often, in milliseconds. */
export const rewriteMs = 3_000;
/** What stands around a person's records changes where they stand: entries of so many days follow. */
const followDays = 30;

export type NewLog = {
  readonly id: string;
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly contactId: string;
  /** Null for a consent, which belongs to no conversation. */
  readonly conversationId: string | null;
  readonly kind: LogKind;
  /** The message or the consent event; null for a session. */
  readonly subjectId: string | null;
  readonly logKey: string;
  /** ISO 8601: the session's start, or when the message was written or the consent given. */
  readonly startedAt: string;
  /** User id of the colleague who wrote last; null when nobody did. */
  readonly writer: string | null;
};

/** News for an entry: another text, or ticks only. */
export type LogNews = Pick<NewLog, "workspaceId" | "id" | "writer"> & { readonly text: boolean };

/**
 * Queues new entries and those with news. An entry that is just being written keeps a note of the news in
 * `next_attempt_at` and is queued again when the write ends; one whose last write is unclear waits for the look into it;
 * one that a person deleted in the CRM stays deleted.
 */
export async function wakeLogs(
  tx: Tx,
  { fresh, news }: { readonly fresh: readonly NewLog[]; readonly news: readonly LogNews[] },
): Promise<void> {
  if (fresh.length > 0) {
    await tx.execute(sql`
      insert into crm_logs (workspace_id, id, connection_id, contact_id, conversation_id, kind, subject_id, log_key,
        started_at, writer, state, next_attempt_at)
      select r."workspaceId", r.id, r."connectionId", r."contactId", r."conversationId", r.kind, r."subjectId", r."logKey",
        r."startedAt", r.writer, 'waiting', now() + make_interval(secs => ${firstWriteMs / 1000})
      from jsonb_to_recordset(${rows(fresh)}) as r("workspaceId" uuid, id uuid, "connectionId" uuid, "contactId" uuid,
        "conversationId" uuid, kind text, "subjectId" uuid, "logKey" text, "startedAt" timestamptz, writer text)
      on conflict (workspace_id, connection_id, log_key) do nothing`);
  }
  if (news.length > 0) {
    await tx.execute(sql`
      update crm_logs g set ${queued}, writer = coalesce(r.writer, g.writer)
      from jsonb_to_recordset(${rows(news)}) as r("workspaceId" uuid, id uuid, text boolean, writer text)
      where g.workspace_id = r."workspaceId" and g.id = r.id
        and (g.state = 'writing' or (g.state = 'written' and (r.text or g.marked)) or (g.state = 'failed' and r.text))`);
  }
}

/** What queues a row, whatever state it is in. */
const queued: SQL = sql`
  state = case when g.state in ('writing', 'unclear') then g.state else 'waiting' end,
  attempts = case when g.state in ('writing', 'unclear') then g.attempts else 0 end,
  next_attempt_at = case when g.state = 'unclear' then g.next_attempt_at
    else greatest(now() + make_interval(secs => ${firstWriteMs / 1000}),
      g.written_at + make_interval(secs => ${rewriteMs / 1000})) end`;

/** What was refused is tried again when the CRM is connected anew: somebody mended the reason. */
export async function reviveLogs(tx: Tx, workspaceId: string, connectionId: string): Promise<void> {
  await tx.execute(sql`
    update crm_logs set state = 'waiting', attempts = 0, next_attempt_at = now()
    where workspace_id = ${workspaceId} and connection_id = ${connectionId} and state = 'failed'`);
}

/** A person in one connection. */
export type LogPlace = { readonly workspaceId: string; readonly connectionId: string; readonly contactId: string };

/**
 * The records of these people are other ones now: what was taken away for want of a record comes back, and what stands
 * there moves to where it belongs.
 *
 * @param all whether old entries follow as well: those that stand on a record that is somebody else's must not stay there.
 */
export async function moveToRecords(tx: Tx, places: readonly LogPlace[], { all }: { all: boolean }): Promise<void> {
  if (places.length === 0) return;
  await tx.execute(sql`
    update crm_logs g set ${queued}
    from jsonb_to_recordset(${rows(places)}) as r("workspaceId" uuid, "connectionId" uuid, "contactId" uuid)
    where g.workspace_id = r."workspaceId" and g.connection_id = r."connectionId" and g.contact_id = r."contactId"
      and not g.erase and (g.state in ('removed', 'writing') or (g.state in ('written', 'failed')
        and (${all} or g.started_at > now() - make_interval(days => ${followDays}))))`);
}

/**
 * Entries of people who are to be forgotten are overwritten and removed in every CRM, also those that were refused and those
 * that wait in its bin with their record.
 */
export async function eraseLogs(
  tx: Tx,
  people: readonly { readonly workspaceId: string; readonly contactId: string }[],
): Promise<void> {
  if (people.length === 0) return;
  await tx.execute(sql`
    update crm_logs g set ${queued}, erase = true
    from jsonb_to_recordset(${rows(people)}) as r("workspaceId" uuid, "contactId" uuid)
    where g.workspace_id = r."workspaceId" and g.contact_id = r."contactId" and not g.erase
      and g.state <> 'gone' and (g.state <> 'removed' or g.external_id is not null or g.stands_on <> '[]')`);
}

/** Entries about a contact that turned out to be another one are that one's. */
export async function moveLogs(
  tx: Tx,
  workspaceId: string,
  { contactId, mergedId }: { readonly contactId: string; readonly mergedId: string },
): Promise<void> {
  await tx.execute(sql`
    update crm_logs g set contact_id = ${contactId}, conversation_id = coalesce((
      select t.id from messaging_conversations s join messaging_conversations t
        on t.workspace_id = s.workspace_id and t.channel_id = s.channel_id and t.contact_id = ${contactId}
      where s.workspace_id = g.workspace_id and s.id = g.conversation_id), g.conversation_id)
    where g.workspace_id = ${workspaceId} and g.contact_id = ${mergedId}`);
}
