import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import { rewriteMs, type NewLog } from "./log-queue.ts";

/** A lost answer is looked into after this, in milliseconds: until then the request may still be under way. */
export const unclearMs = 10_000;
/**
 * A writer that has not finished by then has died. A create comes after two or three requests of ten seconds at most, so none
 * is still under way then; whatever comes after it may be done twice.
 */
const leaseSeconds = 45;
/** Of each connection so many rows are looked at: a person with a long queue does not hide the others. */
const windowSize = 200;

/** An entry that this process may write until its lease ends. */
export type ClaimedLog = Omit<NewLog, "writer"> & {
  readonly writer: string | null;
  readonly externalId: string | null;
  /** Without an external id: where a create was sent to whose end nobody knows. */
  readonly standsOn: readonly CrmRecordRef[];
  readonly erase: boolean;
  readonly writtenHash: string | null;
  /** Writes begun since the last one that ended well, this one included. */
  readonly attempts: number;
  /** Nobody knows whether the last write arrived. */
  readonly unclear: boolean;
  /** Names this claim: a later one has another. */
  readonly leaseUntil: string;
};

/**
 * Takes due entries, those of each connection in their order and the connections in turn, at most one per person: a person's
 * records have one writer at a time, whatever the number of processes. Connections that ended or rest are left alone; one
 * that does not answer is asked with one entry at a time.
 */
export async function claimLogs(tx: Tx, limit: number): Promise<ClaimedLog[]> {
  // The locks come first and by themselves: the next statement then sees what their last holders committed.
  const candidates = await tx.execute<{ workspaceId: string; id: string }>(sql`
    with recursive queue as (
      (select workspace_id, connection_id from crm_logs where state in ('waiting', 'unclear')
       order by workspace_id, connection_id limit 1)
      union all
      select n.workspace_id, n.connection_id from queue q cross join lateral (
        select g.workspace_id, g.connection_id from crm_logs g
        where g.state in ('waiting', 'unclear') and (g.workspace_id, g.connection_id) > (q.workspace_id, q.connection_id)
        order by g.workspace_id, g.connection_id limit 1) n
    ), due as materialized (
      select d.*, c.unreachable_since is not null as away from queue q
      join crm_connections c on c.workspace_id = q.workspace_id and c.id = q.connection_id
      cross join lateral (
        select g.workspace_id, g.connection_id, g.contact_id, g.id, g.next_attempt_at from crm_logs g
        where g.workspace_id = c.workspace_id and g.connection_id = c.id and g.state in ('waiting', 'unclear')
          and g.next_attempt_at <= now() and not exists (
            select from crm_logs o where o.workspace_id = g.workspace_id and o.connection_id = g.connection_id
              and o.state = 'writing' and (o.contact_id = g.contact_id or c.unreachable_since is not null))
        order by g.next_attempt_at limit ${windowSize}) d
      where c.state = 'connected' and coalesce(greatest(c.paused_until, c.background_paused_until) <= now(), true)
    ), one_per_person as (
      select distinct on (workspace_id, connection_id, contact_id) * from due
      order by workspace_id, connection_id, contact_id, next_attempt_at
    ), in_turn as materialized (
      select *, row_number() over (partition by workspace_id, connection_id order by next_attempt_at) as place
      from one_per_person
    )
    select workspace_id as "workspaceId", id from (
      select * from in_turn where place = 1 or not away order by place, next_attempt_at limit ${limit * 2}) chosen
    where pg_try_advisory_xact_lock(hashtextextended(
      concat_ws(' ', 'crm.person', workspace_id, connection_id, contact_id), 2))
    order by place, next_attempt_at limit ${limit}`);
  if (candidates.length === 0) return [];
  return tx.execute<ClaimedLog>(sql`
    update crm_logs g set state = 'writing', attempts = g.attempts + 1, next_attempt_at = null,
      lease_until = now() + make_interval(secs => ${leaseSeconds})
    from jsonb_to_recordset(${rows(candidates)}) as r("workspaceId" uuid, id uuid)
    join crm_logs before on before.workspace_id = r."workspaceId" and before.id = r.id
    where g.workspace_id = before.workspace_id and g.id = before.id and g.state in ('waiting', 'unclear')
      and not exists (
        select from crm_logs o where o.workspace_id = g.workspace_id and o.connection_id = g.connection_id
          and o.contact_id = g.contact_id and o.state = 'writing')
    returning g.workspace_id as "workspaceId", g.id, g.connection_id as "connectionId", g.contact_id as "contactId",
      g.conversation_id as "conversationId", g.kind, g.subject_id as "subjectId", g.log_key as "logKey",
      g.started_at as "startedAt", g.writer, g.external_id as "externalId", g.stands_on as "standsOn", g.erase,
      g.written_hash as "writtenHash", g.attempts, before.state = 'unclear' as unclear, g.lease_until as "leaseUntil"`);
}

/** A writer died in the middle: whether its write arrived is not known, so it is looked into, never just repeated. */
export async function sweepLeases(tx: Tx): Promise<void> {
  await tx.execute(sql`
    update crm_logs set state = 'unclear', lease_until = null, next_attempt_at = now()
    where state = 'writing' and lease_until < now()`);
}

/**
 * Notes where an entry is about to be created, so that it is found there if the answer is lost or the process dies, whatever
 * happens to its records or to the row meanwhile.
 *
 * @returns false when the claim is no longer ours: then nothing may be created.
 */
export async function noteCreate(tx: Tx, log: ClaimedLog, records: readonly CrmRecordRef[]): Promise<boolean> {
  const noted = await tx.execute(sql`
    update crm_logs set stands_on = ${rows(records)} where ${isMine(log)} returning id`);
  return noted.length > 0;
}

/**
 * How a write ended. `removed` with an id: the entry's record is deleted in the CRM, and with it, for now, the entry.
 * `nowhere`: no entry has come of it for certain.
 */
export type Settled =
  | {
      readonly state: "written";
      readonly externalId: string;
      readonly hash: string;
      readonly marked: boolean;
      readonly standsOn: readonly CrmRecordRef[];
    }
  | { readonly state: "gone" }
  | { readonly state: "removed"; readonly externalId: string | null; readonly nowhere: boolean }
  | {
      readonly state: "unclear" | "waiting";
      readonly inMs: number;
      readonly reason: string;
      readonly nowhere: boolean;
    }
  | { readonly state: "failed"; readonly reason: string; readonly nowhere: boolean };

/**
 * Notes how a write ended; news that came in the meantime queue the entry again.
 * @returns false when the claim is no longer ours, and nothing was noted.
 */
export async function settleLog(tx: Tx, log: ClaimedLog, settled: Settled): Promise<boolean> {
  const found = await tx.execute(
    sql`update crm_logs set lease_until = null, ${change(settled)} where ${isMine(log)} returning id`,
  );
  return found.length > 0;
}

function isMine({ workspaceId, id, leaseUntil }: ClaimedLog) {
  return sql`workspace_id = ${workspaceId} and id = ${id} and state = 'writing'
    and lease_until = ${leaseUntil}::timestamptz`;
}

/** The state after an end, unless news came during the write: then it is queued again. */
function unlessNews(state: Settled["state"]) {
  return sql`state = case when next_attempt_at is null then ${state} else 'waiting' end, attempts = 0, last_error = null,
    next_attempt_at = case when next_attempt_at is not null
      then greatest(next_attempt_at, now() + make_interval(secs => ${rewriteMs / 1000})) end`;
}

function change(settled: Settled) {
  switch (settled.state) {
    case "written":
      return sql`${unlessNews("written")}, external_id = ${settled.externalId}, written_hash = ${settled.hash},
        marked = ${settled.marked}, stands_on = ${rows(settled.standsOn)}, written_at = now()`;
    case "removed":
      return sql`${unlessNews("removed")}, external_id = ${settled.externalId}, written_hash = null,
        ${standsOnAfter(settled)}`;
    case "gone":
      return sql`state = 'gone', next_attempt_at = null, last_error = null, stands_on = '[]'`;
    case "failed":
      return sql`state = 'failed', next_attempt_at = null, last_error = ${settled.reason},
        ${standsOnAfter(settled)}`;
    case "unclear":
    case "waiting":
      return sql`state = ${settled.state}, last_error = ${settled.reason}, ${standsOnAfter(settled)},
        next_attempt_at = now() + make_interval(secs => ${settled.inMs / 1000})`;
  }
}

function standsOnAfter({ nowhere }: { readonly nowhere: boolean }) {
  return nowhere ? sql`stands_on = '[]'` : sql`stands_on = stands_on`;
}
