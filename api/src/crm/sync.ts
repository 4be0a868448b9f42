import { isErrorCode } from "@aparte/core/errors.ts";
import type { SyncView } from "@aparte/core/record-view.ts";
import { sql } from "drizzle-orm";
import { isoTime } from "../platform/columns.ts";
import type { Tx } from "../platform/db.ts";

type LatestLog = {
  readonly state: "waiting" | "writing" | "unclear" | "written" | "gone" | "failed";
  readonly writtenAt: string | null;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly connected: boolean;
};

/** Whether the latest session with a person stands in the CRM, on every record that is linked to them. */
export async function syncState(tx: Tx, workspaceId: string, contactId: string): Promise<SyncView> {
  const latest = await tx.execute<LatestLog>(sql`
    select distinct on (g.connection_id, g.record_type, g.record_id)
      g.state, g.written_at as "writtenAt", g.attempts, g.last_error as "lastError", c.state = 'connected' as connected
    from messaging_conversations v
    join crm_logs g on g.workspace_id = v.workspace_id and g.conversation_id = v.id
    join crm_connections c on c.workspace_id = g.workspace_id and c.id = g.connection_id
    where v.workspace_id = ${workspaceId} and v.contact_id = ${contactId}
    order by g.connection_id, g.record_type, g.record_id, g.session_start desc`);
  return foldSync(latest);
}

/** The worst state of several wins: a person must be told when one of them needs help. */
export function foldSync(latest: readonly LatestLog[]): SyncView {
  const times = latest.flatMap(({ writtenAt }) => (writtenAt === null ? [] : [isoTime(writtenAt)]));
  const lastSyncedAt = times.toSorted().at(-1) ?? null;
  const failed = latest.find(({ state }) => state === "failed");
  if (failed) {
    const { lastError } = failed;
    const reason = lastError !== null && isErrorCode(lastError) ? lastError : "crm.refused_by_crm";
    return { state: "failed", lastSyncedAt, reason };
  }
  const open = latest.filter(({ state }) => state === "waiting" || state === "writing" || state === "unclear");
  if (open.some(({ connected }) => !connected)) {
    return { state: "failed", lastSyncedAt, reason: "crm.connection_ended" };
  }
  if (open.length > 0) {
    const isLate = open.some(({ state, attempts }) => state === "unclear" || attempts > 1);
    return { state: "waiting", lastSyncedAt, reason: isLate ? "crm.unreachable" : null };
  }
  return { state: lastSyncedAt === null ? "nothing_yet" : "synced", lastSyncedAt, reason: null };
}
