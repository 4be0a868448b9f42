import { sameRecord, type CrmRecordRef } from "@aparte/core/crm-record.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import type { LogEntry, StoredLog } from "@aparte/crm/entry.ts";
import type { LogWords } from "@aparte/crm/log-entry.ts";
import type { CrmResult } from "@aparte/crm/outcome.ts";
import { sql } from "drizzle-orm";
import type { Deps } from "../platform/context.ts";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import type { ClaimedLog } from "./log-claim.ts";
import { drawUp } from "./log-draft.ts";
import { inBackground, type Speaker } from "./session.ts";
import { noDrift, type DriftState } from "./tables.ts";

/** So many entries are compared at once: a few requests. */
const batchSize = 100;
/** Older entries are no longer compared. */
const daysBack = 90;
/** Without anybody asking, a batch is compared this often, and a new round begins this long after the last, in minutes. */
const [minutesBetweenBatches, minutesBetweenRounds] = [12, 60];
/** A comparison that has not ended by then was broken off. */
const leaseMinutes = 5;
/** Where lost answers may leave doubles, they are looked for among entries of so many days. */
const doubleDays = 2;

/** Has a connection's entries compared from the beginning, at once. */
export async function askForDrift({ database, actor }: MemberContext, connectionId: string): Promise<Outcome<object>> {
  const { workspaceId, userId } = actor;
  const state: DriftState = { last: null, running: { ...noDrift, asked: true } };
  const done = await database.inWorkspace(workspaceId, async (tx) => {
    const found = await tx.execute(sql`
      update crm_connections set drift_due_at = now(), drift_cursor = null,
        drift = ${rows([state])} -> 0 || jsonb_build_object('last', drift -> 'last')
      where workspace_id = ${workspaceId} and id = ${connectionId} and state = 'connected' returning id`);
    if (found.length === 0) return false;
    await emit(tx, [{ name: "crm.drift_asked", workspaceId, actor: userId, payload: { connectionId } }]);
    return true;
  });
  return done ? { ok: true } : refused("crm.not_connected");
}

type Round = {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly account: string;
  readonly logMode: "unique" | "read_back";
  readonly cursor: string | null;
  readonly drift: DriftState | null;
  /** Names this claim. */
  readonly leaseUntil: string;
};

type Log = Omit<ClaimedLog, "attempts" | "leaseUntil" | "unclear" | "externalId"> & {
  readonly externalId: string;
  readonly isYoung: boolean;
};

/** What is to be done about an entry that is not as it was written. */
type Finding = { readonly id: string; readonly standsOn: readonly CrmRecordRef[] };

/**
 * Compares one batch of one connection's entries with the CRM: what somebody deleted there is noted, what was changed or taken
 * off a record is written again, doubles that lost answers left are removed.
 *
 * @returns whether there was something to compare.
 */
export async function compareSome(deps: Deps, words: LogWords): Promise<boolean> {
  const round = await deps.database.system.transaction(claimRound);
  if (!round) return false;
  const { workspaceId, connectionId } = round;
  const logs = await deps.database.inWorkspace(workspaceId, (tx) => loadBatch(tx, round));
  const compared = await inBackground(deps, workspaceId, connectionId, (speaker) =>
    compare(deps, speaker, { round, logs, words }),
  );
  if (compared.outcome !== "done") {
    // It goes on with the same batch when the lease ends.
    deps.log.info({ connectionId, outcome: compared.outcome }, "entries could not be compared with the CRM");
    return true;
  }
  await deps.database.inWorkspace(workspaceId, async (tx) => {
    await mend(tx, round, compared);
    await goOn(tx, round, { logs, compared, now: deps.now() });
  });
  return true;
}

async function claimRound(tx: Tx): Promise<Round | null> {
  const [round] = await tx.execute<Round>(sql`
    update crm_connections set drift_due_at = now() + make_interval(mins => ${leaseMinutes})
    where (workspace_id, id) in (
      select workspace_id, id from crm_connections
      where state = 'connected' and drift_due_at <= now()
        and coalesce(greatest(paused_until, background_paused_until) <= now(), true)
      order by drift_due_at limit 1 for no key update skip locked)
    returning workspace_id as "workspaceId", id as "connectionId", account, log_key as "logMode",
      drift_cursor as cursor, drift, drift_due_at as "leaseUntil"`);
  return round ?? null;
}

/** Ids of entries begin with their time (UUIDv7), so a place in their order is a place in time. */
function loadBatch(tx: Tx, { workspaceId, connectionId, cursor }: Round): Promise<Log[]> {
  const since = (days: number) => sql`rpad(lpad(to_hex(
    (extract(epoch from now() - make_interval(days => ${days})) * 1000)::bigint), 12, '0'), 32, '0')::uuid`;
  return tx.execute<Log>(sql`
    select workspace_id as "workspaceId", id, connection_id as "connectionId", contact_id as "contactId",
      conversation_id as "conversationId", kind, subject_id as "subjectId", log_key as "logKey", started_at as "startedAt",
      writer, external_id as "externalId", stands_on as "standsOn", erase, written_hash as "writtenHash",
      id > ${since(doubleDays)} as "isYoung"
    from crm_logs where workspace_id = ${workspaceId} and connection_id = ${connectionId} and state = 'written'
      and id > greatest(${cursor}::uuid, ${since(daysBack)})
    order by id limit ${batchSize}`);
}

type Compared = {
  readonly missing: readonly Pick<Log, "id" | "externalId">[];
  readonly changed: readonly Finding[];
  readonly doubled: number;
};

async function compare(
  deps: Deps,
  { adapter, session, connection }: Speaker,
  { round, logs, words }: { readonly round: Round; readonly logs: readonly Log[]; readonly words: LogWords },
): Promise<CrmResult<Compared>> {
  if (logs.length === 0) return { outcome: "done", missing: [], changed: [], doubled: 0 };
  const ids = logs.map(({ externalId }) => externalId);
  const read = await adapter.readLogs(session, round.account, ids);
  if (read.outcome !== "done") return read;
  const stored = new Map(read.logs.map((log) => [log.externalId, log]));
  const changed: Finding[] = [];
  let doubled = 0;
  for (const log of logs) {
    const there = stored.get(log.externalId);
    if (!there) continue;
    const finding = await findChange(deps, { log, there, words }, (entry) =>
      adapter.logBody({ ...entry, logKeyKind: connection.logMode }),
    );
    if (finding) changed.push(finding);
    if (round.logMode === "unique" || !log.isYoung || log.standsOn.length === 0) continue;
    const startedAt = new Date(log.startedAt).toISOString();
    const found = await adapter.findLog(session, { logKey: log.logKey, records: log.standsOn, startedAt });
    if (found.outcome !== "done") return found;
    for (const externalId of found.externalIds.filter((id) => id !== log.externalId)) {
      const removed = await adapter.deleteLog(session, { externalId, erase: false });
      if (removed.outcome !== "done") return removed;
      doubled += 1;
    }
  }
  const missing = logs.filter(({ externalId }) => !stored.has(externalId));
  return { outcome: "done", missing, changed, doubled };
}

/** Null while the entry is as it was written, or has news that are written anyhow. */
async function findChange(
  deps: Deps,
  { log, there, words }: { readonly log: Log; readonly there: StoredLog; readonly words: LogWords },
  bodyOf: (entry: Omit<LogEntry, "logKeyKind">) => string,
): Promise<Finding | null> {
  const draft = await deps.database.inWorkspace(log.workspaceId, (tx) => drawUp(deps, tx, log, words));
  if (draft.kind !== "write" || draft.hash !== log.writtenHash) return null;
  const { externalId, standsOn } = log;
  const body = bodyOf({ ...draft.entry, externalId, standsOn, ownerId: draft.recordOwner });
  const left = standsOn.filter((ref) => there.records.some((record) => sameRecord(record, ref)));
  return there.body === body && left.length === standsOn.length ? null : { id: log.id, standsOn: left };
}

async function mend(tx: Tx, { workspaceId }: Round, { missing, changed }: Compared): Promise<void> {
  await tx.execute(sql`
    update crm_logs g set state = 'gone', stands_on = '[]'
    from jsonb_to_recordset(${rows(missing)}) as r(id uuid, "externalId" text)
    where g.workspace_id = ${workspaceId} and g.id = r.id and g.state = 'written' and g.external_id = r."externalId"`);
  await tx.execute(sql`
    update crm_logs g set state = 'waiting', attempts = 0, next_attempt_at = now(), written_hash = null,
      stands_on = r."standsOn"
    from jsonb_to_recordset(${rows(changed)}) as r(id uuid, "standsOn" jsonb)
    where g.workspace_id = ${workspaceId} and g.id = r.id and g.state = 'written'`);
}

type Done = { readonly logs: readonly Log[]; readonly compared: Compared; readonly now: Date };

/** Counts the batch and says when the next one is compared, unless somebody asked for a new round in the meantime. */
async function goOn(tx: Tx, round: Round, { logs, compared, now }: Done): Promise<void> {
  const { asked, ...before } = round.drift?.running ?? noDrift;
  const counts = {
    checked: before.checked + logs.length,
    missing: before.missing + compared.missing.length,
    changed: before.changed + compared.changed.length,
    doubled: before.doubled + compared.doubled,
  };
  const isOver = logs.length < batchSize;
  const state: DriftState = isOver
    ? { last: { ...counts, at: now.toISOString() }, running: noDrift }
    : { last: round.drift?.last ?? null, running: { ...counts, asked } };
  const cursor = isOver ? null : (logs.at(-1)?.id ?? null);
  const minutes = isOver ? minutesBetweenRounds : asked ? 0 : minutesBetweenBatches;
  await tx.execute(sql`
    update crm_connections set drift = ${rows([state])} -> 0, drift_cursor = ${cursor}::uuid,
      drift_due_at = now() + make_interval(mins => ${minutes})
    where workspace_id = ${round.workspaceId} and id = ${round.connectionId}
      and drift_due_at = ${round.leaseUntil}::timestamptz`);
}
