import type { SyncDetail } from "@aparte/core/crm-health.ts";
import { isErrorCode } from "@aparte/core/errors.ts";
import type { SyncView } from "@aparte/core/record-view.ts";
import { sql } from "drizzle-orm";
import { isoTime } from "../platform/columns.ts";
import type { Tx } from "../platform/db.ts";
import { limitReached } from "./pace.ts";

/** Entries about one person that are in the same state for the same reason. */
export type LogGroup = {
  readonly state: "waiting" | "writing" | "unclear" | "written" | "gone" | "removed" | "failed";
  readonly lastError: string | null;
  readonly connected: boolean;
  /** Whether a write of one of them was in vain already. */
  readonly late: boolean;
  readonly writtenAt: string | null;
  readonly count: number;
};

async function loadGroups(tx: Tx, workspaceId: string, contactId: string): Promise<LogGroup[]> {
  return tx.execute<LogGroup>(sql`
    select g.state, g.last_error as "lastError", c.state = 'connected' as connected,
      bool_or(g.state = 'unclear' or g.attempts > 1) as late, max(g.written_at) as "writtenAt", count(*)::int as count
    from crm_logs g join crm_connections c on c.workspace_id = g.workspace_id and c.id = g.connection_id
    where g.workspace_id = ${workspaceId} and g.contact_id = ${contactId}
    group by 1, 2, 3`);
}

/** Whether what was said with a person stands in the CRMs, on every record that is linked to them. */
export async function syncState(tx: Tx, workspaceId: string, contactId: string): Promise<SyncView> {
  return foldSync(await loadGroups(tx, workspaceId, contactId));
}

/** The same with what a repair would mend. */
export async function syncDetail(tx: Tx, workspaceId: string, contactId: string): Promise<SyncDetail> {
  const groups = await loadGroups(tx, workspaceId, contactId);
  const count = (...states: readonly LogGroup["state"][]) =>
    groups.filter(({ state }) => states.includes(state)).reduce((sum, group) => sum + group.count, 0);
  const waiting = count("waiting", "writing", "unclear");
  return { ...foldSync(groups), waiting, failed: count("failed"), gone: count("gone") };
}

/** The worst state of several wins: a person must be told when one of them needs help. */
export function foldSync(groups: readonly LogGroup[]): SyncView {
  const times = groups.flatMap(({ writtenAt }) => (writtenAt === null ? [] : [isoTime(writtenAt)]));
  const lastSyncedAt = times.toSorted().at(-1) ?? null;
  const failed = groups.find(({ state }) => state === "failed");
  if (failed) {
    const { lastError } = failed;
    const reason = lastError !== null && isErrorCode(lastError) ? lastError : "crm.refused_by_crm";
    return { state: "failed", lastSyncedAt, reason };
  }
  const open = groups.filter(({ state }) => state === "waiting" || state === "writing" || state === "unclear");
  if (open.some(({ connected }) => !connected)) {
    return { state: "failed", lastSyncedAt, reason: "crm.connection_ended" };
  }
  if (open.length > 0) {
    const isHeldBack = open.some(({ lastError }) => lastError === limitReached || lastError === "rate_limited");
    const late = isHeldBack ? "crm.limit_reached" : "crm.unreachable";
    return { state: "waiting", lastSyncedAt, reason: open.some((group) => group.late) ? late : null };
  }
  return { state: lastSyncedAt === null ? "nothing_yet" : "synced", lastSyncedAt, reason: null };
}
