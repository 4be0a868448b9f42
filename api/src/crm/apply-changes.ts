import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { CrmExpired, CrmResult } from "@aparte/crm/outcome.ts";
import type { CrmRecord, Whereabouts } from "@aparte/crm/record.ts";
import type { Deps } from "../platform/context.ts";
import type { Tx } from "../platform/db.ts";
import { claimChanges, finishChange, putOff, type ClaimedChange } from "./change-queue.ts";
import { eraseRecord } from "./erase-record.ts";
import { followRecord } from "./follow.ts";
import { learnRecord } from "./learn-record.ts";
import { tellChanged } from "./links.ts";
import { readWhole } from "./read-record.ts";
import { setState } from "./records.ts";
import { inBackground, type SessionFailure, type Speaker } from "./session.ts";

/**
 * Deals with due news of one connection: finds out what became of each record, reads those that are there, and brings what we
 * know in step. Each record is finished by itself, so that one that fails costs the others nothing. Returns whether there was any.
 */
export async function applyNextChanges(deps: Deps): Promise<boolean> {
  const batch = await deps.database.system.transaction(claimChanges);
  const [first] = batch;
  if (!first) return false;
  const { workspaceId, connectionId } = first;
  const open = new Set(batch);
  const outcome = await inBackground(deps, workspaceId, connectionId, (speaker) => applyAll(deps, speaker, open));
  if (open.size > 0) {
    const waitMs = outcome.outcome === "later" ? outcome.retryAfterMs : 0;
    await deps.database.inWorkspace(workspaceId, async (tx) => {
      for (const change of open) await putOff(tx, change, waitMs);
    });
  }
  return true;
}

type Step = CrmResult<object> | CrmExpired | SessionFailure;

/** Takes each change out of `open` when it has been dealt with; what the CRM refuses to tell stays for later. */
async function applyAll(deps: Deps, speaker: Speaker, open: Set<ClaimedChange>): Promise<Step> {
  const where = new Map<ClaimedChange, Whereabouts>();
  const readable = [...open].filter(({ kinds }) => !kinds.includes("privacy_deleted"));
  for (const ofType of Map.groupBy(readable, ({ ref }) => ref.type).values()) {
    const refs = ofType.map(({ ref }) => ref);
    const located = await speaker.adapter.locate(speaker.session, refs);
    // A type that the CRM does not show to us any more costs the others nothing.
    if (isRefusedAlone(located)) continue;
    if (located.outcome !== "done") return located;
    for (const [place, change] of ofType.entries()) {
      const found = located.found[place];
      if (found) where.set(change, found);
    }
  }
  for (const change of open) {
    const whereabouts = where.get(change);
    const isErasure = change.kinds.includes("privacy_deleted");
    if (!whereabouts && !isErasure) continue;
    const done = await applyOne(deps, speaker, change, whereabouts ?? null).catch((error: unknown) => {
      // It comes again later and later, and the others do not wait for it.
      deps.log.error({ err: error, connectionId: change.connectionId }, "news of a record could not be dealt with");
      return null;
    });
    if (done === null || isRefusedAlone(done)) continue;
    if (done.outcome !== "done") return done;
    await deps.database.inWorkspace(change.workspaceId, (tx) => finishChange(tx, change));
    open.delete(change);
  }
  return { outcome: "done" };
}

/** Whether it is this record, or what it is, that the CRM refuses to tell of, and not the connection. */
function isRefusedAlone(step: Step): boolean {
  if (step.outcome === "later") return step.reason === recordMoving;
  return step.outcome === "refused" && step.reason !== "crm.connection_ended";
}

/** The `reason` of a record that has gone between two questions. */
const recordMoving = "record_moving";

async function applyOne(deps: Deps, speaker: Speaker, change: ClaimedChange, where: Whereabouts | null): Promise<Step> {
  const { connection } = speaker;
  const inWorkspace = (work: (tx: Tx) => Promise<void>) => deps.database.inWorkspace(change.workspaceId, work);
  if (change.kinds.includes("privacy_deleted")) {
    await inWorkspace((tx) => eraseRecord(tx, connection, change.ref));
    return { outcome: "done" };
  }
  const lost = where === null || where.state === "unknown" || where.state === "deleted";
  const into = where?.into ?? (lost ? change.into : null);
  if (lost && !into) {
    const state = where?.state === "deleted" || change.kinds.includes("deleted") ? "archived" : "gone";
    await inWorkspace(async (tx) => {
      if (await setState(tx, connection, change.ref, state)) await tellChanged(tx, connection, change.ref);
    });
    return { outcome: "done" };
  }
  const read = await readWhole(deps, speaker, into ?? change.ref);
  // Gone between the two questions: the next look tells how.
  if (read.outcome === "not_found") return { outcome: "later", retryAfterMs: 0, reason: recordMoving };
  if (read.outcome !== "done") return read;
  await inWorkspace((tx) => learn(tx, deps, speaker, { asked: change.ref, record: read.record }));
  return { outcome: "done" };
}

async function learn(
  tx: Tx,
  deps: Deps,
  { connection }: Speaker,
  { asked, record }: { readonly asked: CrmRecordRef; readonly record: CrmRecord },
): Promise<void> {
  const moved = asked.type !== record.ref.type || asked.id !== record.ref.id;
  const former = moved ? await followRecord(tx, connection, { from: asked, into: record.ref }) : null;
  await learnRecord(tx, connection, record, { now: deps.now(), formerName: former });
}
