import type { RecordType } from "@aparte/core/crm-record.ts";
import type { RecordChange, Whereabouts } from "@aparte/crm/record.ts";
import { sql } from "drizzle-orm";
import type { Deps } from "../platform/context.ts";
import { rows, type Tx } from "../platform/db.ts";
import { foldChanges } from "./change-queue.ts";
import { findRecords, type StoredRecord } from "./records.ts";
import { inBackground, type Speaker } from "./session.ts";

/** Webhooks tell most changes at once; asking finds the others, and all of them where a CRM has no webhooks. */
const intervalSeconds = 180;
/** Whoever has not finished by then has died. */
const leaseSeconds = 300;
/** So many pages of changes are read in one go; the rest comes with the next one, at once. */
const pagesAtOnce = 10;
/** So many linked records are looked after in one go: a CRM's list of changes may leave out what was deleted. */
const checkedAtOnce = 100;

type Claimed = { readonly workspaceId: string; readonly connectionId: string; readonly cursor: string | null };

/** Asks the connection whose turn it is for what changed since the last time. Returns whether there was one. */
export async function pollNext(deps: Deps): Promise<boolean> {
  const claimed = await deps.database.system.transaction(claimPoll);
  if (!claimed) return false;
  const { workspaceId, connectionId } = claimed;
  const outcome = await inBackground(deps, workspaceId, connectionId, async (speaker) => {
    const read = await readPages(deps, speaker, claimed);
    return read.outcome === "done" && !read.more ? lookAfter(deps, speaker) : read;
  });
  const more = outcome.outcome === "done" && "more" in outcome && outcome.more;
  const asked = outcome.outcome === "later" ? outcome.retryAfterMs / 1000 : 0;
  const seconds = more ? 0 : Math.max(asked, intervalSeconds);
  const failures = outcome.outcome === "done" ? sql`0` : sql`failures + 1`;
  await deps.database.system.transaction((tx) =>
    tx.execute(sql`
      update crm_cursors set failures = ${failures}, next_at = now() + make_interval(secs => ${seconds})
      where workspace_id = ${workspaceId} and connection_id = ${connectionId}`),
  );
  return more;
}

/** Takes the connection that has been due longest; one that is new is due at once. */
async function claimPoll(tx: Tx): Promise<Claimed | null> {
  await tx.execute(sql`
    insert into crm_cursors (workspace_id, connection_id)
    select workspace_id, id from crm_connections where state = 'connected'
    on conflict do nothing`);
  const [found] = await tx.execute<Claimed>(sql`
    update crm_cursors k set next_at = now() + make_interval(secs => ${leaseSeconds})
    from (
      select q.workspace_id, q.connection_id from crm_cursors q
      join crm_connections c on c.workspace_id = q.workspace_id and c.id = q.connection_id and c.state = 'connected'
      where q.next_at <= now() and coalesce(greatest(c.paused_until, c.background_paused_until) <= now(), true)
      order by q.next_at limit 1 for update of q skip locked
    ) d
    where k.workspace_id = d.workspace_id and k.connection_id = d.connection_id
    returning k.workspace_id as "workspaceId", k.connection_id as "connectionId", k.cursor`);
  return found ?? null;
}

/** Reads on, page by page; what a page tells is noted together with its cursor. */
async function readPages(deps: Deps, { adapter, session, connection }: Speaker, claimed: Claimed) {
  const { workspaceId, connectionId } = claimed;
  const { account } = connection;
  let { cursor } = claimed;
  for (let page = 0; page < pagesAtOnce; page += 1) {
    const answer = await adapter.changesSince(session, { account, cursor });
    if (answer.outcome !== "done") return answer;
    await deps.database.system.transaction(async (tx) => {
      await foldChanges(tx, answer.changes);
      await tx.execute(sql`
        update crm_cursors set cursor = ${answer.cursor}
        where workspace_id = ${workspaceId} and connection_id = ${connectionId}`);
    });
    ({ cursor } = answer);
    if (!answer.more) return { outcome: "done", more: false } as const;
  }
  return { outcome: "done", more: true } as const;
}

/** Asks what became of linked records that nobody has heard of for a day; those never read are in the queue to be. */
async function lookAfter(deps: Deps, { adapter, session, connection }: Speaker) {
  const { workspaceId, id } = connection;
  const stale = await deps.database.inWorkspace(workspaceId, (tx) =>
    findRecords(
      tx,
      workspaceId,
      sql`rec.connection_id = ${id} and rec.state = 'live' and rec.read_at > 'epoch'
        and rec.read_at < now() - interval '1 day' and exists (
        select from crm_links l where l.workspace_id = rec.workspace_id and l.connection_id = rec.connection_id
          and l.record_type = rec.record_type and l.record_id = rec.record_id)`,
      checkedAtOnce,
    ),
  );
  for (const [type, ofType] of Map.groupBy(stale, ({ ref }) => ref.type)) {
    const refs = ofType.map(({ ref }) => ref);
    const located = await adapter.locate(session, refs);
    if (located.outcome !== "done") return located;
    await deps.database.system.transaction(async (tx) => {
      await foldChanges(tx, located.found.flatMap(newsOf(deps.now())));
      await noteSeen(tx, connection, type, ofType);
    });
  }
  return { outcome: "done", more: false } as const;
}

function newsOf(now: Date) {
  return ({ ref, state, into }: Whereabouts): RecordChange[] => {
    if (state === "live") return [];
    const kind = state === "unknown" ? "deleted" : state;
    return [{ ref, kind, into, at: now.toISOString(), isEcho: false }];
  };
}

/** They were there just now: it is the turn of others. */
async function noteSeen(
  tx: Tx,
  { workspaceId, id }: Speaker["connection"],
  type: RecordType,
  seen: readonly StoredRecord[],
): Promise<void> {
  await tx.execute(sql`
    update crm_records rec set read_at = now()
    from jsonb_to_recordset(${rows(seen.map(({ ref }) => ({ id: ref.id })))}) as r(id text)
    where rec.workspace_id = ${workspaceId} and rec.connection_id = ${id} and rec.record_type = ${type}
      and rec.record_id = r.id`);
}
