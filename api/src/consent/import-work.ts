import { undoImportMs, type ImportCounts, type RowReason, type SampleRow } from "@aparte/core/consent-import.ts";
import { sql, type SQL } from "drizzle-orm";
import { placeOf } from "../contacts/calendar.ts";
import type { Deps } from "../platform/context.ts";
import { inSpiteOfOthers, rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import { holdImport, saveProgress, type ClaimedImport, type Progress } from "./import-claim.ts";
import { judgeRows, type JudgedRow, type Keys } from "./import-judge.ts";
import { recordRows } from "./import-record.ts";
import { readRow, type ReadingOf } from "./import-row.ts";
import { readRows, UnreadableFile, type FileRow } from "./import-rows.ts";
import { expiryIn } from "./expiry.ts";
import { loadPolicy } from "./policy.ts";

/** Rows of one transaction. */
const batchRows = 1_000;
/** Rows that people see for a check: the first ones, and some of each problem. */
const firstSeen = 20;
const eachSeen = 3;

/** Ends the work after the batch under way. */
export type Until = { readonly stopping: boolean };

/** Reads a file through, from where the last worker stopped: to see what it would do, or to do it. */
export async function workThrough(deps: Deps, claimed: ClaimedImport, keys: Keys, until: Until): Promise<void> {
  const { workspaceId } = claimed;
  const of = await deps.database.inWorkspace(workspaceId, (tx) => readingOf(tx, deps, claimed));
  const bytes = claimed.storeKey === null ? null : await deps.files.get(claimed.storeKey);
  if (!bytes) throw new Error("The store has lost the bytes of an import.");
  let progress = claimed.progress;
  try {
    for await (const batch of readRows(bytes, claimed.reading, { skip: progress.position, size: batchRows })) {
      const before = progress;
      progress = await inSpiteOfOthers(() => workBatch(deps, { claimed, batch, of, keys, before }));
      if (until.stopping) return;
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return await finish(deps, claimed, { progress, state: "unreadable", more: sql`` });
  } finally {
    bytes.destroy();
  }
  await finish(deps, claimed, { progress, ...endOf(claimed, progress, deps.now()) });
}

type Batch = {
  readonly claimed: ClaimedImport;
  readonly batch: readonly FileRow[];
  readonly of: ReadingOf;
  readonly keys: Keys;
  readonly before: Progress;
};

function workBatch(deps: Deps, { claimed, batch, of, keys, before }: Batch): Promise<Progress> {
  const read = batch.map((row) => readRow(row, of));
  return deps.database.inWorkspace(claimed.workspaceId, async (tx) => {
    await holdImport(tx, claimed);
    if (claimed.state === "checking") {
      const judged = await judgeRows(tx, claimed, read, keys);
      const after = { ...counted(before, judged), sample: sampled(before.sample, judged) };
      await saveProgress(tx, claimed, after);
      return after;
    }
    const judged = await recordRows(tx, claimed, read, { expiryIn: of.expiryIn, keys });
    await keepProblems(tx, claimed, judged);
    const after = counted(before, judged);
    await saveProgress(tx, claimed, after);
    return after;
  });
}

async function readingOf(tx: Tx, { now }: Deps, { workspaceId, kind, reading }: ClaimedImport): Promise<ReadingOf> {
  const policy = await loadPolicy(tx, workspaceId);
  const elsewhere = expiryIn(null, policy);
  const channels = await tx.execute<{ id: string; number: string }>(sql`
    select id, display_phone_number as number from channels where workspace_id = ${workspaceId}`);
  return {
    kind,
    mapping: reading.mapping,
    now: now(),
    channels: new Map(channels.map(({ id, number }) => [number.replaceAll(/\D/g, ""), id])),
    // Reading a number again takes long, and only strict rules ask for its country.
    expiryIn: (waId) => (policy.strictFrance ? expiryIn(placeOf(waId, null).country, policy) : elsewhere),
  };
}

function counted({ position, counts, problems, sample }: Progress, judged: readonly JudgedRow[]): Progress {
  const outcomes: Record<keyof ImportCounts, number> = { ...counts };
  const kinds: Partial<Record<RowReason, number>> = { ...problems };
  for (const { outcome, reasons } of judged) {
    outcomes[outcome] += 1;
    for (const reason of reasons) kinds[reason] = (kinds[reason] ?? 0) + 1;
  }
  return { position: position + judged.length, counts: outcomes, problems: kinds, sample };
}

function sampled(sample: readonly SampleRow[], judged: readonly JudgedRow[]): SampleRow[] {
  const seen = [...sample];
  const count = new Map<string, number>();
  const kindOf = ({ outcome, reasons }: Pick<SampleRow, "outcome" | "reasons">) => `${outcome} ${reasons[0] ?? ""}`;
  const note = (row: Pick<SampleRow, "outcome" | "reasons">) =>
    count.set(kindOf(row), (count.get(kindOf(row)) ?? 0) + 1);
  seen.forEach(note);
  for (const { line, cells, outcome, reasons } of judged) {
    const row = { line, cells, outcome, reasons };
    const isOneOfFew = outcome !== "recorded" && (count.get(kindOf(row)) ?? 0) < eachSeen;
    if (seen.length >= firstSeen && !isOneOfFew) continue;
    seen.push(row);
    note(row);
  }
  return seen;
}

async function keepProblems(tx: Tx, { workspaceId, id }: ClaimedImport, judged: readonly JudgedRow[]): Promise<void> {
  const list = judged
    .filter(({ reasons }) => reasons.length > 0)
    .map(({ line, outcome, reasons, cells, contactId }) => ({ line, outcome, reasons, cells, contactId }));
  if (list.length === 0) return;
  await tx.execute(sql`
    insert into consent_import_rows (workspace_id, import_id, line, outcome, reasons, cells, contact_id)
    select ${workspaceId}, ${id}, r.line, r.outcome, array(select jsonb_array_elements_text(r.reasons)), r.cells, r."contactId"
    from jsonb_to_recordset(${rows(list)})
      as r(line integer, outcome text, reasons jsonb, cells jsonb, "contactId" uuid)
    on conflict do nothing`);
}

type End = { readonly state: "checked" | "done" | "unreadable"; readonly more: SQL };

function endOf({ state, kind }: ClaimedImport, { position }: Progress, now: Date): End {
  if (state === "checking") return { state: "checked", more: sql`, total = ${position}` };
  // A stop is not taken back in bulk: only the people themselves can say otherwise.
  const undoUntil = kind === "consents" ? new Date(now.getTime() + undoImportMs).toISOString() : null;
  return { state: "done", more: sql`, finished_at = ${now.toISOString()}, undo_until = ${undoUntil}` };
}

async function finish(
  deps: Deps,
  claimed: ClaimedImport,
  { progress, state, more }: End & { readonly progress: Progress },
): Promise<void> {
  const { workspaceId, id, actor } = claimed;
  await deps.database.inWorkspace(workspaceId, async (tx) => {
    await holdImport(tx, claimed);
    await saveProgress(tx, claimed, progress, sql`, state = ${state} ${more}`);
    await emit(tx, [{ name: "consent.import_changed", workspaceId, actor, payload: { importId: id, state } }]);
  });
}
