import type { ErrorCode } from "@aparte/core/errors.ts";
import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";

/** A transfer that a worker took, with what was told of the file. */
export type Claimed = {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly fileId: string;
  readonly direction: "down" | "up";
  /** Fences what is written down later: a worker that lost its lease changes nothing. */
  readonly attempts: number;
  /** As told, or of the bytes once they are here. */
  readonly mimeType: string;
  /** Hex; null when nobody told it. */
  readonly sha256: string | null;
};

/** A transfer that was taken and not ended by then belongs to a worker that died. Above the time-out of both ways. */
const leaseSeconds = 360;
/** After a failure: so long, then twice as long each time, up to an hour: ten tries in the first one. */
const firstRetrySeconds = 5;
const longestRetrySeconds = 3600;
/** How long Meta keeps an uploaded file (Meta, "Media"). */
const uploadedDays = 30;

/**
 * Takes transfers that are due, the longest due first and at most `room` of them. Nothing has happened yet: a worker that
 * dies here costs a lease.
 */
export async function claimTransfers(tx: Tx, room: number): Promise<Claimed[]> {
  const claimed = await tx.execute<Claimed>(sql`
    with due as (
      select workspace_id, file_id, channel_id, direction from media_transfers
      where state = 'waiting' and due_at <= now()
      order by due_at limit ${room} for update skip locked)
    update media_transfers t
    set attempts = t.attempts + 1, due_at = now() + make_interval(secs => ${leaseSeconds})
    from due d join media_files f on f.workspace_id = d.workspace_id and f.id = d.file_id
    where t.workspace_id = d.workspace_id and t.file_id = d.file_id and t.channel_id = d.channel_id
      and t.direction = d.direction
    returning t.workspace_id as "workspaceId", t.channel_id as "channelId", t.file_id as "fileId", t.direction, t.attempts,
      f.mime_type as "mimeType", f.sha256`);
  return [...claimed];
}

/** Where and as what the bytes are kept now. */
export type Kept = {
  readonly mimeType: string;
  readonly size: number;
  readonly sha256: string;
  readonly storeKey: string;
};

/** The file is here. */
export async function settleKept(tx: Tx, claimed: Claimed, kept: Kept): Promise<void> {
  if (!(await end(tx, claimed, sql`state = 'done'`))) return;
  await tx.execute(sql`
    update media_files set state = 'ready', mime_type = ${kept.mimeType}, size = ${kept.size}, sha256 = ${kept.sha256},
      store_key = ${kept.storeKey}, problem = null
    where workspace_id = ${claimed.workspaceId} and id = ${claimed.fileId}`);
  await announce(tx, claimed);
}

/** Meta has the file under this id, for this number. */
export async function settleUploaded(tx: Tx, claimed: Claimed, metaId: string): Promise<void> {
  const changed = await end(
    tx,
    claimed,
    sql`state = 'done', meta_id = ${metaId}, problem = null, ends_at = now() + make_interval(days => ${uploadedDays})`,
  );
  if (changed) await announce(tx, claimed);
}

/** It will never work: `problem` says why. A file that was to be fetched ends as `fileState`; one that is here stays. */
export async function settleFailed(
  tx: Tx,
  claimed: Claimed,
  { problem, fileState }: { readonly problem: ErrorCode; readonly fileState: "refused" | "gone" },
): Promise<void> {
  if (!(await end(tx, claimed, sql`state = 'failed', problem = ${problem}`))) return;
  if (claimed.direction === "down") {
    await tx.execute(sql`
      update media_files set state = ${fileState}, problem = ${problem}
      where workspace_id = ${claimed.workspaceId} and id = ${claimed.fileId}`);
  }
  await announce(tx, claimed);
}

/** It did not work this time: tried again after a while that grows, or given up when its time is over. */
export async function settleLater(tx: Tx, claimed: Claimed, problem: ErrorCode): Promise<void> {
  const seconds = Math.min(firstRetrySeconds * 2 ** (claimed.attempts - 1), longestRetrySeconds);
  const [waiting] = await tx.execute(sql`
    update media_transfers set due_at = now() + make_interval(secs => ${seconds}), problem = ${problem}
    where ${isOwn(claimed)} and ends_at > now() returning 1`);
  if (waiting) return;
  const expired = claimed.direction === "down" ? "media.expired" : problem;
  await settleFailed(tx, claimed, { problem: expired, fileState: "gone" });
}

async function end(tx: Tx, claimed: Claimed, change: ReturnType<typeof sql>): Promise<boolean> {
  const changed = await tx.execute(sql`update media_transfers set ${change} where ${isOwn(claimed)} returning 1`);
  return changed.length > 0;
}

function isOwn({ workspaceId, fileId, channelId, direction, attempts }: Claimed) {
  return sql`workspace_id = ${workspaceId} and file_id = ${fileId} and channel_id = ${channelId}
    and direction = ${direction} and state = 'waiting' and attempts = ${attempts}`;
}

async function announce(tx: Tx, { workspaceId, fileId }: Claimed): Promise<void> {
  await emit(tx, [{ name: "file.changed", workspaceId, payload: { fileId } }]);
}
