import { templateQualities, type ListedTemplate } from "@aparte/core/template-version.ts";
import {
  templateCategories,
  templateStatuses,
  type TemplateCategory,
  type TemplateStatus,
  type TemplateView,
} from "@aparte/core/template.ts";
import { and, asc, eq, ne } from "drizzle-orm";
import { isoTime } from "../platform/columns.ts";
import type { Tx } from "../platform/db.ts";
import { templates } from "./tables.ts";

/** A template as the server works with it. */
export type StoredTemplate = ListedTemplate & { readonly wabaId: string; readonly metaId: string };

/** The templates of an account by name, without those that Meta no longer has. */
export async function listTemplates(tx: Tx, workspaceId: string, wabaId: string): Promise<TemplateView[]> {
  return (await rowsOf(tx, workspaceId, wabaId)).map(toView);
}

/** The same with what only those who look after templates need. */
export async function listAccountTemplates(tx: Tx, workspaceId: string, wabaId: string): Promise<ListedTemplate[]> {
  return (await rowsOf(tx, workspaceId, wabaId)).map(toListed);
}

/** One template of the workspace, also when it cannot be sent any more; null when it was never known. */
export async function loadTemplate(tx: Tx, workspaceId: string, templateId: string): Promise<StoredTemplate | null> {
  const [row] = await tx
    .select()
    .from(templates)
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.id, templateId)));
  return row ? { ...toListed(row), wabaId: row.wabaId, metaId: row.metaId } : null;
}

type Row = typeof templates.$inferSelect;

function rowsOf(tx: Tx, workspaceId: string, wabaId: string): Promise<Row[]> {
  return tx
    .select()
    .from(templates)
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.wabaId, wabaId), ne(templates.status, "DELETED")))
    .orderBy(asc(templates.name), asc(templates.language));
}

function toView(row: Row): TemplateView {
  return {
    id: row.id,
    name: row.name,
    language: row.language,
    category: categoryOf(row.category),
    status: statusOf(row.status),
    rejectedReason: row.rejectedReason,
    shape: row.shape,
    unsupported: row.unsupported,
  };
}

function toListed(row: Row): ListedTemplate {
  return {
    ...toView(row),
    quality: templateQualities.find((known) => known === row.quality) ?? "UNKNOWN",
    recommendation: row.recommendation,
    nextCategory:
      row.nextCategory === null || row.nextCategoryAt === null
        ? null
        : { category: categoryOf(row.nextCategory), from: isoTime(row.nextCategoryAt) },
  };
}

function categoryOf(text: string): TemplateCategory {
  const category = templateCategories.find((known) => known === text);
  if (!category) throw new Error(`A stored template has the unknown category ${text}.`);
  return category;
}

function statusOf(text: string): TemplateStatus {
  const status = templateStatuses.find((known) => known === text);
  if (!status) throw new Error(`A stored template has the unknown status ${text}.`);
  return status;
}
