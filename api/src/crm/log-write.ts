import { sameRecord } from "@aparte/core/crm-record.ts";
import type { LogEntry, LogOutcome } from "@aparte/crm/entry.ts";
import type { LogWords } from "@aparte/crm/log-entry.ts";
import type { CrmFailure, CrmResult } from "@aparte/crm/outcome.ts";
import type { Deps } from "../platform/context.ts";
import { emit, type NewEvent } from "../platform/events.ts";
import { noteCreate, settleLog, unclearMs, type ClaimedLog, type Settled } from "./log-claim.ts";
import { drawUp, type Draft } from "./log-draft.ts";
import { ownerOf } from "./owners.ts";
import { noteAnswer } from "./reach.ts";
import { inBackground, type SessionFailure, type Speaker } from "./session.ts";

/** Brings one claimed entry up to date in the CRM and notes how that went. */
export async function writeLog(deps: Deps, log: ClaimedLog, words: LogWords): Promise<void> {
  const { workspaceId, connectionId } = log;
  const draft = await deps.database.inWorkspace(workspaceId, (tx) => drawUp(deps, tx, log, words));
  const settled = await bringUpToDate(deps, log, draft);
  await deps.database.inWorkspace(workspaceId, async (tx) => {
    if (await settleLog(tx, log, settled)) await emit(tx, newsOf(log, settled));
    await noteAnswer(tx, { workspaceId, connectionId }, "reason" in settled ? settled.reason : null);
  });
}

async function bringUpToDate(deps: Deps, log: ClaimedLog, draft: Draft): Promise<Settled> {
  const { workspaceId, connectionId, externalId } = log;
  if (draft.kind === "rest") return { state: "removed", externalId, nowhere: externalId !== null };
  if (draft.kind === "remove") return takeAway(deps, log);
  const { hash, marked } = draft;
  if (!log.unclear && externalId !== null && log.writtenHash === hash) {
    return { state: "written", externalId, hash, marked, standsOn: log.standsOn };
  }
  const outcome = await inBackground(deps, workspaceId, connectionId, (speaker) => write(deps, speaker, log, draft));
  switch (outcome.outcome) {
    case "written":
      return { state: "written", externalId: outcome.externalId, hash, marked, standsOn: outcome.standsOn };
    case "gone":
      return { state: "gone" };
    case "record_deleted":
      return { state: "removed", externalId, nowhere: externalId !== null };
    case "unclear":
      return { state: "unclear", inMs: unclearMs, reason: outcome.reason, nowhere: false };
    case "later":
    case "refused":
      // Nothing came of a plain create; what an earlier one left behind is still to be looked for.
      return { ...failed(log, outcome), nowhere: isPlainCreate(log, draft) && !mayStand(log) };
  }
}

/** Whether the end of a create is not known: also when it was refused, or had no record left, to look for it since. */
function mayStand({ externalId, unclear, standsOn }: ClaimedLog): boolean {
  return externalId === null && (unclear || standsOn.length > 0);
}

function isPlainCreate({ externalId }: ClaimedLog, { logMode }: Write): boolean {
  return externalId === null && logMode === "read_back";
}

type Write = Extract<Draft, { readonly kind: "write" }>;
type WriteOutcome = LogOutcome | { readonly outcome: "record_deleted" };

/** Where only reading back tells whether a lost answer was a success, that comes before writing again. */
async function write(deps: Deps, speaker: Speaker, log: ClaimedLog, draft: Write): Promise<WriteOutcome> {
  const { adapter, session, connection } = speaker;
  const { records } = draft.entry;
  let { externalId, standsOn } = log;
  if (mayStand(log) && connection.logMode === "read_back") {
    const found = await findBack(speaker, log, standsOn.length > 0 ? standsOn : records);
    if (found.outcome !== "done") return found;
    externalId = found.externalId;
  }
  if (log.externalId === null) {
    // What was found may stand on less than it was meant for: where it is to stay, it is put again.
    standsOn = externalId === null ? [] : standsOn.filter((ref) => !records.some((one) => sameRecord(one, ref)));
  }
  const owner = log.writer === null ? null : await ownerOf(deps, speaker, log.writer);
  if (owner !== null && owner.outcome !== "done") return owner;
  const ownerId = owner?.ownerId ?? draft.recordOwner;
  const { logMode: logKeyKind } = connection;
  const entry: LogEntry = { ...draft.entry, logKeyKind, externalId, ownerId, standsOn };
  if (externalId === null && !(await isNoted(deps, log, records))) return leaseLost;
  const outcome = await adapter.writeLog(session, entry);
  return outcome.outcome === "gone" ? whyGone(speaker, draft, entry) : outcome;
}

const leaseLost: CrmFailure = { outcome: "later", retryAfterMs: 0, reason: "lease_lost" };

function isNoted(deps: Deps, log: ClaimedLog, records: LogEntry["records"]): Promise<boolean> {
  return deps.database.inWorkspace(log.workspaceId, (tx) => noteCreate(tx, log, records));
}

/**
 * An entry that has gone was deleted by somebody, or it stood on a record that was deleted. When the person has another record,
 * it is written there; when none is left, it may come back with the record.
 */
async function whyGone({ adapter, session }: Speaker, { own }: Write, entry: LogEntry): Promise<WriteOutcome> {
  const types = [...new Set(own.map(({ type }) => type))];
  const live: LogEntry["records"][number][] = [];
  for (const type of types) {
    const located = await adapter.locate(
      session,
      own.filter((ref) => ref.type === type),
    );
    if (located.outcome !== "done") return located;
    live.push(...located.found.filter(({ state }) => state === "live").map(({ ref }) => ref));
  }
  if (live.length === own.length) return { outcome: "gone" };
  if (live.length === 0) return { outcome: "record_deleted" };
  const isDead = (ref: LogEntry["records"][number]) =>
    own.some((mine) => sameRecord(mine, ref)) && !live.some((mine) => sameRecord(mine, ref));
  const standsOn = entry.standsOn.filter((ref) => !isDead(ref));
  return adapter.writeLog(session, { ...entry, records: entry.records.filter((ref) => !isDead(ref)), standsOn });
}

/** The oldest entry with our key; others that came from lost answers are removed. Null: there is none. */
async function findBack(
  { adapter, session }: Speaker,
  { logKey, startedAt, erase }: ClaimedLog,
  records: LogEntry["records"],
): Promise<CrmResult<{ readonly externalId: string | null }>> {
  const found = await adapter.findLog(session, { logKey, records, startedAt: new Date(startedAt).toISOString() });
  if (found.outcome !== "done") return found;
  const [oldest, ...doubles] = found.externalIds;
  for (const externalId of doubles) {
    const removed = await adapter.deleteLog(session, { externalId, erase });
    if (removed.outcome !== "done") return removed;
  }
  return { outcome: "done", externalId: oldest ?? null };
}

/** Takes an entry out of the CRM: it stands on somebody else's record, or the person is to be forgotten. */
async function takeAway(deps: Deps, log: ClaimedLog): Promise<Settled> {
  const { workspaceId, connectionId, standsOn, erase } = log;
  const taken = await inBackground(deps, workspaceId, connectionId, async (speaker): Promise<CrmResult<object>> => {
    let { externalId } = log;
    if (externalId === null && standsOn.length > 0) {
      const found = await findBack(speaker, log, standsOn);
      if (found.outcome !== "done") return found;
      externalId = found.externalId;
    }
    if (externalId === null) return { outcome: "done" };
    return speaker.adapter.deleteLog(speaker.session, { externalId, erase });
  });
  return taken.outcome === "done" ? { state: "removed", externalId: null, nowhere: true } : failed(log, taken);
}

function failed(
  log: ClaimedLog,
  failure: SessionFailure | CrmFailure,
): Extract<Settled, { readonly state: "unclear" | "waiting" | "failed" }> {
  if (failure.outcome === "later") {
    const state = log.unclear ? "unclear" : "waiting";
    return { state, inMs: retryIn(log, failure.retryAfterMs), reason: failure.reason, nowhere: false };
  }
  const reason = failure.outcome === "refused" ? failure.reason : "crm.connection_ended";
  // The connection is what is wrong, not the entry: it goes on when the connection does.
  return reason === "crm.connection_ended"
    ? { state: log.unclear ? "unclear" : "waiting", inMs: 0, reason, nowhere: false }
    : { state: "failed", reason, nowhere: false };
}

/** At least what the CRM asks for; twice as long after each try in vain, up to a minute. */
function retryIn({ attempts }: ClaimedLog, askedMs: number): number {
  return Math.max(askedMs, Math.min(1000 * 2 ** Math.min(attempts - 1, 20), 60_000));
}

function newsOf({ workspaceId, id: logId, contactId }: ClaimedLog, settled: Settled): NewEvent[] {
  if (settled.state === "written") return [{ name: "crm.log_written", workspaceId, payload: { contactId, logId } }];
  const isFinal = settled.state === "failed" || ("reason" in settled && settled.reason === "crm.connection_ended");
  if (!isFinal) return [];
  return [{ name: "crm.log_failed", workspaceId, payload: { contactId, logId, reason: settled.reason } }];
}
