import type { RecordType } from "@aparte/core/crm-record.ts";
import { sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";

/** A session begins on the timeline this soon after its first message, in milliseconds: two quick ones are one write. */
const firstWriteMs = 300;
/** While people chat an entry is rewritten at most this often, in milliseconds. */
const rewriteMs = 3_000;
/** A lost answer is looked into after this, in milliseconds: until then the request may still be under way. */
export const unclearMs = 10_000;
/** A writer that has not finished by then has died: the longest write is a handful of requests of ten seconds each. */
const leaseSeconds = 120;

export type NewLog = {
  readonly id: string;
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly recordType: RecordType;
  readonly recordId: string;
  readonly conversationId: string;
  readonly logKey: string;
  readonly sessionStart: string;
};

/** News for an entry: another text, or ticks only. */
export type LogNews = { readonly workspaceId: string; readonly id: string; readonly text: boolean };

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
      insert into crm_logs (workspace_id, id, connection_id, record_type, record_id, conversation_id, log_key,
        session_start, state, next_attempt_at)
      select r."workspaceId", r.id, r."connectionId", r."recordType", r."recordId", r."conversationId", r."logKey",
        r."sessionStart", 'waiting', now() + make_interval(secs => ${firstWriteMs / 1000})
      from jsonb_to_recordset(${rows(fresh)}) as r("workspaceId" uuid, id uuid, "connectionId" uuid, "recordType" text,
        "recordId" text, "conversationId" uuid, "logKey" text, "sessionStart" timestamptz)
      on conflict (workspace_id, connection_id, log_key) do nothing`);
  }
  if (news.length > 0) {
    await tx.execute(sql`
      update crm_logs g set
        state = case when g.state = 'writing' then 'writing' else 'waiting' end,
        attempts = case when g.state = 'writing' then g.attempts else 0 end,
        next_attempt_at = greatest(now() + make_interval(secs => ${firstWriteMs / 1000}),
          g.written_at + make_interval(secs => ${rewriteMs / 1000}))
      from jsonb_to_recordset(${rows(news)}) as r("workspaceId" uuid, id uuid, text boolean)
      where g.workspace_id = r."workspaceId" and g.id = r.id
        and (g.state = 'writing' or (g.state = 'written' and (r.text or g.marked)) or (g.state = 'failed' and r.text))`);
  }
}

/** What was refused is tried again when the CRM is connected anew: somebody mended the reason. */
export async function reviveLogs(tx: Tx, workspaceId: string, connectionId: string): Promise<void> {
  await tx.execute(sql`
    update crm_logs set state = 'waiting', attempts = 0, next_attempt_at = now()
    where workspace_id = ${workspaceId} and connection_id = ${connectionId} and state = 'failed'`);
}

/** An entry that this process may write until its lease ends. */
export type ClaimedLog = NewLog & {
  readonly externalId: string | null;
  readonly writtenHash: string | null;
  /** Writes begun since the last one that ended well, this one included. */
  readonly attempts: number;
  /** Nobody knows whether the last write arrived. */
  readonly unclear: boolean;
  /** Names this claim: a later one has another. */
  readonly leaseUntil: string;
};

/**
 * Takes due entries of any workspace, at most one per record: a record has one writer at a time, whatever the number of
 * processes. Connections that ended or rest are left alone.
 */
export async function claimLogs(tx: Tx, limit: number): Promise<ClaimedLog[]> {
  // The locks come first and by themselves: the next statement then sees what their last holders committed.
  const candidates = await tx.execute<{ workspaceId: string; id: string }>(sql`
    with due as materialized (
      select g.* from crm_logs g
      join crm_connections c on c.workspace_id = g.workspace_id and c.id = g.connection_id
      where g.state in ('waiting', 'unclear') and g.next_attempt_at <= now() and c.state = 'connected'
        and coalesce(c.paused_until <= now(), true)
      order by g.next_attempt_at limit ${limit * 8}
    ), one_per_record as materialized (
      select distinct on (workspace_id, connection_id, record_type, record_id) * from due
      order by workspace_id, connection_id, record_type, record_id, next_attempt_at
    )
    select workspace_id as "workspaceId", id from one_per_record
    where pg_try_advisory_xact_lock(hashtextextended(
      concat_ws(' ', 'crm.record', workspace_id, connection_id, record_type, record_id), 2))
    limit ${limit}`);
  if (candidates.length === 0) return [];
  return tx.execute<ClaimedLog>(sql`
    update crm_logs g set state = 'writing', attempts = g.attempts + 1, next_attempt_at = null,
      lease_until = now() + make_interval(secs => ${leaseSeconds})
    from jsonb_to_recordset(${rows(candidates)}) as r("workspaceId" uuid, id uuid)
    join crm_logs before on before.workspace_id = r."workspaceId" and before.id = r.id
    where g.workspace_id = before.workspace_id and g.id = before.id and g.state in ('waiting', 'unclear')
      and not exists (
        select from crm_logs o where o.workspace_id = g.workspace_id and o.connection_id = g.connection_id
          and o.record_type = g.record_type and o.record_id = g.record_id and o.state = 'writing')
    returning g.workspace_id as "workspaceId", g.id, g.connection_id as "connectionId", g.record_type as "recordType",
      g.record_id as "recordId", g.conversation_id as "conversationId", g.log_key as "logKey",
      g.session_start as "sessionStart", g.external_id as "externalId", g.written_hash as "writtenHash", g.attempts,
      before.state = 'unclear' as unclear, g.lease_until as "leaseUntil"`);
}

/** A writer died in the middle: whether its write arrived is not known, so it is looked into, never just repeated. */
export async function sweepLeases(tx: Tx): Promise<void> {
  await tx.execute(sql`
    update crm_logs set state = 'unclear', lease_until = null, next_attempt_at = now()
    where state = 'writing' and lease_until < now()`);
}

/** How a write ended. */
export type Settled =
  | { readonly state: "written"; readonly externalId: string | null; readonly hash: string; readonly marked: boolean }
  | { readonly state: "gone" }
  | { readonly state: "unclear" | "waiting"; readonly inMs: number; readonly reason: string }
  | { readonly state: "failed"; readonly reason: string };

/**
 * Notes how a write ended; news that came in the meantime queue the entry again.
 * @returns false when the claim is no longer ours, and nothing was noted.
 */
export async function settleLog(tx: Tx, log: ClaimedLog, settled: Settled): Promise<boolean> {
  const mine = sql`workspace_id = ${log.workspaceId} and id = ${log.id} and state = 'writing'
    and lease_until = ${log.leaseUntil}::timestamptz`;
  const found = await tx.execute(
    sql`update crm_logs set lease_until = null, ${change(settled)} where ${mine} returning id`,
  );
  return found.length > 0;
}

function change(settled: Settled) {
  switch (settled.state) {
    case "written":
      return sql`state = case when next_attempt_at is null then 'written' else 'waiting' end, attempts = 0,
        next_attempt_at = case when next_attempt_at is not null
          then greatest(next_attempt_at, now() + make_interval(secs => ${rewriteMs / 1000})) end,
        external_id = ${settled.externalId}, written_hash = ${settled.hash}, marked = ${settled.marked},
        written_at = now(), last_error = null`;
    case "gone":
      return sql`state = 'gone', next_attempt_at = null, last_error = null`;
    case "failed":
      return sql`state = 'failed', next_attempt_at = null, last_error = ${settled.reason}`;
    case "unclear":
    case "waiting":
      return sql`state = ${settled.state}, last_error = ${settled.reason},
        next_attempt_at = now() + make_interval(secs => ${settled.inMs / 1000})`;
  }
}
