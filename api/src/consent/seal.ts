import { sql, type SQL } from "drizzle-orm";
import { createHmac } from "node:crypto";
import type { Vault } from "../platform/crypto.ts";
import { rows, type Database, type Tx } from "../platform/db.ts";

/** What a seal covers of an entry `e`: all of it, times to the microsecond, the proof by its digest. */
export const sealedText: SQL = sql`jsonb_build_array(
  e.id, e.contact_id, e.act_id, e.purpose, e.channel_id, e.action, e.method, e.occurred_at at time zone 'UTC',
  e.recorded_at at time zone 'UTC', e.expires_at at time zone 'UTC', e.language, e.actor, e.annuls, e.source_key,
  encode(e.commitment, 'hex'))::text`;

/** A place in a chain: the number of its last entry, and its seal (hex). A chain begins at 0 with an empty seal. */
export type ChainHead = { readonly seq: number; readonly hash: string };
export const emptyChain: ChainHead = { seq: 0, hash: "" };

/** Makes the seal (hex) of the entry at `seq` after the seal before it. */
export type Sealer = (seq: number, previous: string, text: string) => string;

/**
 * The sealer of one workspace. The key comes from the master key, so that somebody who can write to the database, but has
 * not the key, cannot make a chain that holds.
 */
export function sealerOf(vault: Vault, workspaceId: string): Sealer {
  const key = vault.derive(`consent.seal ${workspaceId}`);
  return (seq, previous, text) => createHmac("sha256", key).update(`${seq} ${previous} ${text}`).digest("hex");
}

/** Entries that are sealed in one transaction. */
const batch = 5_000;
const consumer = "consent.seal";

type Unsealed = {
  readonly workspaceId: string;
  readonly id: string;
  readonly text: string;
  readonly xid: string;
  readonly n: string;
};

/**
 * Seals what was added since the last time, in the order of the log: only entries of transactions older than every running
 * one, so that none is passed over. Runs right after each commit instead of in it, so that writers never queue for the head
 * of the chain. Two processes take turns.
 * @returns whether there may be more.
 */
export async function sealEntries(database: Database, vault: Vault): Promise<boolean> {
  return database.system.transaction(async (tx) => {
    await tx.execute(
      sql`insert into event_cursors (consumer, xid, id) values (${consumer}, '0', 0) on conflict do nothing`,
    );
    const [cursor] = await tx.execute<{ xid: string; n: string }>(sql`
      select xid::text as xid, id::text as n from event_cursors where consumer = ${consumer} for update skip locked`);
    if (!cursor) return false;
    const found = await tx.execute<Unsealed>(sql`
      select e.workspace_id as "workspaceId", e.id, ${sealedText} as text, e.xid::text as xid, e.n::text as n
      from consent_entries e
      where (e.xid, e.n) > (${cursor.xid}::xid8, ${cursor.n}::bigint) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by e.xid, e.n limit ${batch}`);
    const last = found.at(-1);
    if (!last) return false;
    for (const [workspaceId, entries] of Map.groupBy(found, (entry) => entry.workspaceId)) {
      await lengthenChain(tx, workspaceId, entries, sealerOf(vault, workspaceId));
    }
    await tx.execute(
      sql`update event_cursors set xid = ${last.xid}::xid8, id = ${last.n} where consumer = ${consumer}`,
    );
    return found.length === batch;
  });
}

async function lengthenChain(tx: Tx, workspaceId: string, entries: readonly Unsealed[], seal: Sealer): Promise<void> {
  let head = await loadHead(tx, workspaceId);
  const seals = entries.map(({ id, text }) => {
    const seq = head.seq + 1;
    const link = { seq, entryId: id, previous: head.hash, hash: seal(seq, head.hash, text) };
    head = link;
    return link;
  });
  await tx.execute(sql`
    insert into consent_seals (workspace_id, seq, entry_id, previous, hash)
    select ${workspaceId}, r.seq, r."entryId", decode(r.previous, 'hex'), decode(r.hash, 'hex')
    from jsonb_to_recordset(${rows(seals)}) as r(seq bigint, "entryId" uuid, previous text, hash text)`);
  await tx.execute(sql`
    insert into consent_heads (workspace_id, seq, hash) values (${workspaceId}, ${head.seq}, decode(${head.hash}, 'hex'))
    on conflict (workspace_id) do update set seq = excluded.seq, hash = excluded.hash`);
}

/** Where the chain of a workspace ends, as the database says. */
export async function loadHead(tx: Tx, workspaceId: string): Promise<ChainHead> {
  const [head] = await tx.execute<{ seq: string; hash: string }>(sql`
    select seq::text as seq, encode(hash, 'hex') as hash from consent_heads where workspace_id = ${workspaceId}`);
  return head ? { seq: Number(head.seq), hash: head.hash } : emptyChain;
}
