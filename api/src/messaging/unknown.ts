import { sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";

export type UnknownFact = { readonly workspaceId: string; readonly kind: string; readonly payload: unknown };

/** Keeps what this version does not understand or does not act on, so that an admin sees it and nothing is lost. Each once. */
export async function keepUnknown(tx: Tx, facts: readonly UnknownFact[]): Promise<void> {
  if (facts.length === 0) return;
  const kept = await tx.execute<Pick<UnknownFact, "workspaceId" | "kind">>(sql`
    insert into messaging_unknown_facts (workspace_id, kind, payload, fingerprint)
    select r."workspaceId", r.kind, r.payload, md5(r.kind || ' ' || r.payload)
    from jsonb_to_recordset(${rows(facts)}) as r("workspaceId" uuid, kind text, payload jsonb)
    on conflict (workspace_id, fingerprint) do nothing
    returning workspace_id as "workspaceId", kind`);
  await emit(
    tx,
    kept.map(({ workspaceId, kind }) => ({ name: "webhook.unknown_kept" as const, workspaceId, payload: { kind } })),
  );
}

export type UnknownCount = { readonly kind: string; readonly count: number; readonly lastAt: string };

export async function countUnknown(tx: Tx, workspaceId: string): Promise<UnknownCount[]> {
  const found = await tx.execute<UnknownCount>(sql`
    select kind, count(*)::int as count, max(received_at) as "lastAt" from messaging_unknown_facts
    where workspace_id = ${workspaceId} group by kind order by max(received_at) desc limit 100`);
  return found.map((row) => ({ ...row, lastAt: new Date(row.lastAt).toISOString() }));
}
