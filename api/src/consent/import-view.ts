import {
  fieldsOf,
  noCounts,
  type ImportField,
  type ImportKind,
  type ImportMapping,
  type ImportView,
} from "@aparte/core/consent-import.ts";
import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";
import type { Reading } from "./import-guess.ts";

type Row = Omit<ImportView, "columns" | "mapping" | "missing" | "size"> & {
  readonly size: string;
  readonly reading: Reading;
};

/** One import; null when there is none. */
export async function loadImport(tx: Tx, workspaceId: string, id: string): Promise<ImportView | null> {
  const [row] = await select(tx, sql`i.workspace_id = ${workspaceId} and i.id = ${id}`, 1);
  return row ?? null;
}

/** The latest imports, newest first, without their samples. */
export async function listImports(tx: Tx, workspaceId: string, kind: ImportKind): Promise<ImportView[]> {
  const found = await select(
    tx,
    sql`i.workspace_id = ${workspaceId} and i.kind = ${kind} and i.state <> 'discarded'`,
    50,
  );
  return found.map((view) => ({ ...view, sample: [] }));
}

async function select(tx: Tx, where: SQL, limit: number): Promise<ImportView[]> {
  const found = await tx.execute<Row>(sql`
    select i.id, i.kind, i.state, i.file_name as "fileName", i.size, i.sha256, i.uploaded_by as "uploadedBy",
      i.uploaded_at as "uploadedAt", i.reading, i.total, i.position, i.counts, i.problems, i.sample, i.declaration,
      i.declared_by as "declaredBy", i.started_at as "startedAt", i.finished_at as "finishedAt",
      case when i.state = 'done' and i.undo_until > now() then i.undo_until end as "undoUntil"
    from consent_imports i
    where ${where} order by i.uploaded_at desc, i.id limit ${limit}`);
  return found.map(({ reading, ...row }) => ({
    ...row,
    size: Number(row.size),
    counts: { ...noCounts, ...row.counts },
    uploadedAt: iso(row.uploadedAt) ?? "",
    startedAt: iso(row.startedAt),
    finishedAt: iso(row.finishedAt),
    undoUntil: iso(row.undoUntil),
    columns: reading.columns,
    mapping: reading.mapping,
    missing: missingFields(row.kind, reading.mapping),
  }));
}

function iso(time: string | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

/** Fields without which no row can give anything. */
export function missingFields(kind: ImportKind, { fields }: ImportMapping): ImportField[] {
  return fieldsOf[kind].needed.filter((field) => {
    const from = fields[field];
    return !from || ("value" in from && from.value.trim() === "");
  });
}
