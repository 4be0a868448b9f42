import {
  noCounts,
  type ImportCounts,
  type ImportKind,
  type RowReason,
  type SampleRow,
} from "@aparte/core/consent-import.ts";
import { sql, type SQL } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import type { Reading } from "./import-guess.ts";

/** The steps that machines take. */
export type ImportStep = "checking" | "running" | "undoing";

/** What a step has come to; written down with every batch, so that whoever goes on knows it. */
export type Progress = {
  /** Rows that are done with. */
  position: number;
  counts: ImportCounts;
  problems: Readonly<Partial<Record<RowReason, number>>>;
  sample: readonly SampleRow[];
};

export type ClaimedImport = {
  readonly workspaceId: string;
  readonly id: string;
  readonly kind: ImportKind;
  readonly state: ImportStep;
  readonly storeKey: string | null;
  readonly sha256: string;
  readonly fileName: string;
  readonly reading: Reading;
  /** Who answers for the present step. */
  readonly actor: string;
  readonly attempt: number;
  readonly progress: Progress;
};

/** For so long nobody else takes an import on after a sign of life, in seconds. Batches take about one. */
const leaseSeconds = 10;
const lease = sql`now() + make_interval(secs => ${leaseSeconds})`;

type Row = Omit<ClaimedImport, "progress"> & Progress;

/** The next import that waits for a machine, or whose machine is gone. For the system role. */
export async function claimImport(tx: Tx): Promise<ClaimedImport | null> {
  const [row] = await tx.execute<Row>(sql`
    update consent_imports i set attempts = i.attempts + 1, due_at = ${lease}
    from (
      select workspace_id, id from consent_imports
      where state in ('checking', 'running', 'undoing') and due_at <= now()
      order by due_at limit 1 for update skip locked) due
    where i.workspace_id = due.workspace_id and i.id = due.id
    returning i.workspace_id as "workspaceId", i.id, i.kind, i.state, i.store_key as "storeKey", i.sha256, i.file_name as "fileName",
      i.reading, coalesce(i.undone_by, i.declared_by, i.uploaded_by) as actor, i.attempts as attempt, i.position, i.counts,
      i.problems, i.sample`);
  if (!row) return null;
  const { position, counts, problems, sample, ...claimed } = row;
  return { ...claimed, progress: { position, counts: { ...noCounts, ...counts }, problems, sample } };
}

type Held = Pick<ClaimedImport, "workspaceId" | "id" | "state" | "attempt">;

/** Somebody else has it now, or it was ended: what this worker was about to write is theirs to write. */
export class TakenOver extends Error {}

/**
 * Begins a transaction about a claimed import: the row stays locked until it ends, so that nobody takes it on meanwhile.
 * @throws TakenOver
 */
export async function holdImport(tx: Tx, { workspaceId, id, state, attempt }: Held): Promise<void> {
  const held = await tx.execute(sql`
    update consent_imports set due_at = ${lease}
    where workspace_id = ${workspaceId} and id = ${id} and state = ${state} and attempts = ${attempt} returning 1`);
  if (held.length === 0) throw new TakenOver();
}

/** Writes progress down, and whatever else changes with it. */
export async function saveProgress(
  tx: Tx,
  { workspaceId, id }: Held,
  progress: Progress,
  more: SQL = sql``,
): Promise<void> {
  await tx.execute(sql`
    update consent_imports set position = ${progress.position}, counts = ${rows([progress.counts])} -> 0,
      problems = ${rows([progress.problems])} -> 0, sample = ${rows(progress.sample)} ${more}
    where workspace_id = ${workspaceId} and id = ${id}`);
}

/** Lets others take it on at once. */
export async function releaseImport(tx: Tx, { workspaceId, id, attempt }: Held): Promise<void> {
  await tx.execute(sql`
    update consent_imports set due_at = now() where workspace_id = ${workspaceId} and id = ${id} and attempts = ${attempt}`);
}
