import type { RetentionInput } from "@aparte/core/privacy.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import {
  retentionKinds,
  retentionOf,
  retentionRules,
  type PurgeReport,
  type Retention,
  type RetentionKind,
  type RetentionView,
} from "@aparte/core/retention.ts";
import { sql } from "drizzle-orm";
import { isoTime } from "../platform/columns.ts";
import type { Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { purgeKinds } from "./purge-kinds.ts";

/** How long a workspace keeps each kind of data. */
export async function loadRetention(tx: Tx, workspaceId: string): Promise<Retention> {
  const chosen = await tx.execute<{ kind: string; days: number }>(
    sql`select kind, days from privacy_retention where workspace_id = ${workspaceId}`,
  );
  return retentionOf(Object.fromEntries(chosen.map(({ kind, days }) => [kind, days])));
}

/** The settings of a workspace, each with what the last purge did. */
export async function listRetention(tx: Tx, workspaceId: string): Promise<RetentionView[]> {
  const retention = await loadRetention(tx, workspaceId);
  const found = await tx.execute<PurgeReport & { kind: string }>(sql`
    select distinct on (kind) kind, at, removed, oldest_kept as "oldestKept", took_ms as "tookMs"
    from privacy_purges where workspace_id = ${workspaceId} order by kind, at desc`);
  const last = new Map(
    found.map(({ kind, at, removed, oldestKept, tookMs }) => [
      kind,
      { at: isoTime(at), removed, oldestKept: oldestKept && isoTime(oldestKept), tookMs },
    ]),
  );
  return retentionKinds.map((kind) => ({
    kind,
    days: retention[kind],
    rule: retentionRules[kind],
    last: last.get(kind) ?? null,
  }));
}

/** Sets how long one kind is kept, within what the law and the product allow. */
export function setRetention(ctx: MemberContext, { kind, days }: RetentionInput): Promise<Outcome<object>> {
  const { workspaceId, userId: actor } = ctx.actor;
  const { least, most } = retentionRules[kind];
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    if (days < least || days > most) {
      return refused("privacy.not_allowed_range", { least: String(least), most: String(most) });
    }
    await tx.execute(sql`
      insert into privacy_retention (workspace_id, kind, days) values (${workspaceId}, ${kind}, ${days})
      on conflict (workspace_id, kind) do update set days = excluded.days`);
    await emit(tx, [{ name: "privacy.retention_set", workspaceId, actor, payload: { kind, days } }]);
    return { ok: true };
  });
}

const dayMs = 86_400_000;

/** The moment before which something is too old. */
export function tooOld(now: Date, days: number): string {
  return new Date(now.getTime() - days * dayMs).toISOString();
}

/** How much of a kind would go tonight if it were kept for so many days: a purge that removes nothing. */
export async function previewPurge(
  tx: Tx,
  workspaceId: string,
  { kind, before }: { readonly kind: RetentionKind; readonly before: string },
): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from (${purgeKinds[kind].due({ workspaceId, before })}) due`,
  );
  return row?.count ?? 0;
}
