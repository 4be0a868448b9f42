import type { CrmName, CrmRecordRef, RecordType } from "@aparte/core/crm-record.ts";
import type { RecordChange } from "@aparte/crm/record.ts";
import { sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import type { Connection } from "./connections.ts";

/** A reader that has not finished by then has died: a batch is a few dozen requests of ten seconds at most. */
const leaseSeconds = 300;
/** So many records of one connection are read in one go. */
const batchSize = 25;
/** A record that failed is read again after this, in seconds; twice as long each time, up to an hour. */
const firstRetrySeconds = 5;

export type ChangeKind = RecordChange["kind"];

/**
 * Notes news of records, whoever tells them and however often: one row for each record that is known here, in each connection to
 * its account, whatever the workspace. What changed in a deal or ticket, and what went away, is also news for the records around
 * it. Our own changes are none.
 * @returns how many of the news concern an account that nobody connected; they are forgotten.
 */
export async function foldChanges(tx: Tx, changes: readonly RecordChange[]): Promise<{ readonly strangers: number }> {
  const told = changes
    .filter(({ isEcho }) => !isEcho)
    .map(({ ref, kind, into, at }) => ({ ...ref, kind, at, intoType: into?.type ?? null, intoId: into?.id ?? null }));
  if (told.length === 0) return { strangers: 0 };
  const given = sql`jsonb_to_recordset(${rows(told)}) as r(crm text, account text, type text, id text, kind text,
    at timestamptz, "intoType" text, "intoId" text)`;
  await tx.execute(sql`
    with placed as materialized (
      select c.workspace_id, c.id as connection_id, r.* from ${given}
      join crm_connections c on c.crm = r.crm and c.account = r.account and c.state = 'connected'
    ), meant as (
      select p.workspace_id, p.connection_id, p.type, p.id, p.kind, p."intoType", p."intoId", p.at from placed p
      join crm_records rec on rec.workspace_id = p.workspace_id and rec.connection_id = p.connection_id
        and rec.record_type = p.type and rec.record_id = p.id and rec.state <> 'erased'
      union all
      select p.workspace_id, p.connection_id, rec.record_type, rec.record_id, 'updated', null, null, p.at from placed p
      join crm_records rec on rec.workspace_id = p.workspace_id and rec.connection_id = p.connection_id
        and rec.around @> array[p.type || '/' || p.id] and rec.state = 'live'
      where p.type in ('deal', 'ticket') or p.kind <> 'updated'
    )
    insert into crm_changes as q (workspace_id, connection_id, record_type, record_id, kinds, into_type, into_id, at)
    select m.workspace_id, m.connection_id, m.type, m.id, array_agg(distinct m.kind), max(m."intoType"), max(m."intoId"),
      max(m.at)
    from meant m group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (workspace_id, connection_id, record_type, record_id) do update set
      kinds = array(select distinct k from unnest(q.kinds || excluded.kinds) k),
      into_type = coalesce(excluded.into_type, q.into_type), into_id = coalesce(excluded.into_id, q.into_id),
      at = greatest(q.at, excluded.at), told = q.told + 1`);
  const [count] = await tx.execute<{ strangers: number }>(sql`
    select count(*)::int as strangers from ${given}
    where not exists (
      select from crm_connections c where c.crm = r.crm and c.account = r.account and c.state = 'connected')`);
  return { strangers: count?.strangers ?? 0 };
}

/** Has records read when a worker is free: those that were only seen beside others, and those not read for a day. */
export async function readSoon(
  tx: Tx,
  { workspaceId, id }: Pick<Connection, "workspaceId" | "id">,
  refs: readonly CrmRecordRef[],
): Promise<void> {
  await tx.execute(sql`
    insert into crm_changes (workspace_id, connection_id, record_type, record_id, kinds, at)
    select rec.workspace_id, rec.connection_id, rec.record_type, rec.record_id, '{updated}', now()
    from jsonb_to_recordset(${rows(refs)}) as r(type text, id text)
    join crm_records rec on rec.workspace_id = ${workspaceId} and rec.connection_id = ${id}
      and rec.record_type = r.type and rec.record_id = r.id
    where rec.state = 'live' and rec.read_at < now() - interval '1 day'
    on conflict do nothing`);
}

/** News of one record that this process deals with until its lease ends. */
export type ClaimedChange = {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly ref: CrmRecordRef;
  readonly kinds: readonly ChangeKind[];
  readonly into: CrmRecordRef | null;
  readonly told: number;
  readonly attempts: number;
};

type Row = Omit<ClaimedChange, "ref" | "into"> & {
  readonly crm: CrmName;
  readonly account: string;
  readonly type: RecordType;
  readonly id: string;
  readonly intoType: RecordType | null;
  readonly intoId: string | null;
};

/** Takes due news of one connection, the one that waits longest. */
export async function claimChanges(tx: Tx): Promise<ClaimedChange[]> {
  const found = await tx.execute<Row>(sql`
    with first as (
      select q.workspace_id, q.connection_id from crm_changes q
      join crm_connections c on c.workspace_id = q.workspace_id and c.id = q.connection_id and c.state = 'connected'
      where q.due_at <= now() and coalesce(greatest(c.paused_until, c.background_paused_until) <= now(), true)
      order by q.due_at limit 1
    ), due as (
      select q.* from crm_changes q join first f using (workspace_id, connection_id)
      where q.due_at <= now() order by q.due_at limit ${batchSize} for update of q skip locked
    )
    update crm_changes q set due_at = now() + make_interval(secs => ${leaseSeconds}), attempts = q.attempts + 1
    from due d join crm_connections c on c.workspace_id = d.workspace_id and c.id = d.connection_id
    where q.workspace_id = d.workspace_id and q.connection_id = d.connection_id and q.record_type = d.record_type
      and q.record_id = d.record_id
    returning q.workspace_id as "workspaceId", q.connection_id as "connectionId", c.crm, c.account, q.record_type as type,
      q.record_id as id, q.kinds, q.into_type as "intoType", q.into_id as "intoId", q.told, q.attempts`);
  return found.map(({ crm, account, type, id, intoType, intoId, ...rest }) => ({
    ...rest,
    ref: { crm, account, type, id },
    into: intoType === null || intoId === null ? null : { crm, account, type: intoType, id: intoId },
  }));
}

/** Marks news as dealt with; what was told meanwhile is due at once. */
export async function finishChange(tx: Tx, change: ClaimedChange): Promise<void> {
  const mine = placeOf(change);
  await tx.execute(sql`delete from crm_changes where ${mine} and told = ${change.told}`);
  await tx.execute(sql`update crm_changes set due_at = now(), attempts = 0 where ${mine}`);
}

/** Puts news off: the CRM is away, at its limits, or refuses. */
export async function putOff(tx: Tx, change: ClaimedChange, askedMs: number): Promise<void> {
  const seconds = Math.max(askedMs / 1000, Math.min(firstRetrySeconds * 2 ** (change.attempts - 1), 3600));
  await tx.execute(sql`
    update crm_changes set due_at = now() + make_interval(secs => ${seconds}) where ${placeOf(change)}`);
}

function placeOf({ workspaceId, connectionId, ref }: ClaimedChange) {
  return sql`workspace_id = ${workspaceId} and connection_id = ${connectionId} and record_type = ${ref.type}
    and record_id = ${ref.id}`;
}
