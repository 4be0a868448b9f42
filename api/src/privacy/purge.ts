import { retentionKinds, type RetentionKind } from "@aparte/core/retention.ts";
import { sql } from "drizzle-orm";
import { loadChannels } from "../channels/service.ts";
import { fingerprints } from "../contacts/fingerprint.ts";
import { parsePhone } from "../contacts/phone.ts";
import type { Deps } from "../platform/context.ts";
import type { Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import { nightAfter } from "./night.ts";
import { purgeKinds } from "./purge-kinds.ts";
import { loadRetention, tooOld } from "./retention.ts";

/** A purge that takes longer has died; another worker goes on where it stopped. */
const leaseHours = 2;

/**
 * Purges the workspace whose night has come, kind by kind in small transactions. A night on which no worker ran is made up for as
 * soon as one does. Returns whether there may be another one.
 */
export async function purgeDue(deps: Deps): Promise<boolean> {
  const now = deps.now();
  const { system } = deps.database;
  await system.execute(sql`
    insert into privacy_nights (workspace_id, next_at) select workspace_id, ${now.toISOString()} from workspaces
    on conflict do nothing`);
  const [due] = await system.execute<{ workspaceId: string }>(sql`
    update privacy_nights n set next_at = ${now.toISOString()}::timestamptz + make_interval(hours => ${leaseHours})
    from (select workspace_id from privacy_nights where next_at <= ${now.toISOString()}
      order by next_at limit 1 for update skip locked) d
    where n.workspace_id = d.workspace_id returning n.workspace_id as "workspaceId"`);
  if (!due) return false;
  const { workspaceId } = due;
  const removed = await purgeWorkspace(deps, workspaceId, now);
  await system.transaction(async (tx) => {
    const next = nightAfter(now, await zoneOf(tx, workspaceId));
    await tx.execute(sql`
      update privacy_nights set next_at = ${next.toISOString()} where workspace_id = ${workspaceId}`);
    if (removed > 0) await emit(tx, [{ name: "privacy.purged", workspaceId, payload: { removed } }]);
  });
  return true;
}

async function purgeWorkspace(deps: Deps, workspaceId: string, now: Date): Promise<number> {
  const retention = await deps.database.system.transaction((tx) => loadRetention(tx, workspaceId));
  let all = 0;
  for (const kind of retentionKinds) {
    all += await purgeOne(deps, workspaceId, { kind, days: retention[kind], now });
  }
  return all;
}

type Turn = { readonly kind: RetentionKind; readonly days: number; readonly now: Date };

async function purgeOne(deps: Deps, workspaceId: string, { kind, days, now }: Turn): Promise<number> {
  const rule = purgeKinds[kind];
  const fingerprint = fingerprints(deps);
  const scope = { workspaceId, before: tooOld(now, days) };
  const began = performance.now();
  let removed = 0;
  for (;;) {
    const step = await deps.database.system.transaction((tx) => rule.remove(tx, scope, fingerprint));
    removed += step;
    if (step < rule.batch) break;
  }
  await deps.database.system.transaction(async (tx) => {
    const [oldest] = await tx.execute<{ at: string | null }>(rule.oldest(workspaceId));
    await tx.execute(sql`
      insert into privacy_purges (workspace_id, at, kind, days, removed, oldest_kept, took_ms)
      values (${workspaceId}, ${now.toISOString()}, ${kind}, ${days}, ${removed}, ${oldest?.at ?? null},
        ${Math.round(performance.now() - began)})
      on conflict (workspace_id, at, kind) do update set removed = privacy_purges.removed + excluded.removed,
        oldest_kept = excluded.oldest_kept, took_ms = privacy_purges.took_ms + excluded.took_ms`);
  });
  return removed;
}

/** Where the firm is: the zone of its first number that has just one. */
async function zoneOf(tx: Tx, workspaceId: string): Promise<string> {
  const channels = await loadChannels(tx, workspaceId);
  const zones = channels.map(({ displayPhoneNumber }) => parsePhone(displayPhoneNumber, null)?.timeZones ?? []);
  return zones.find(({ length }) => length === 1)?.[0] ?? "UTC";
}
