import {
  templateCategories,
  templateStatuses,
  type TemplateCategory,
  type TemplateStatus,
  type TemplateView,
} from "@aparte/core/template.ts";
import { and, asc, eq, ne } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";
import { templates } from "./tables.ts";

/** The templates of an account by name, without those that Meta no longer has. */
export async function listTemplates(tx: Tx, workspaceId: string, wabaId: string): Promise<TemplateView[]> {
  const found = await tx
    .select()
    .from(templates)
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.wabaId, wabaId), ne(templates.status, "DELETED")))
    .orderBy(asc(templates.name), asc(templates.language));
  return found.map(toView);
}

/** One template of the workspace, also when it cannot be sent any more; null when it was never known. */
export async function loadTemplate(tx: Tx, workspaceId: string, templateId: string): Promise<TemplateView | null> {
  const [row] = await tx
    .select()
    .from(templates)
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.id, templateId)));
  return row ? toView(row) : null;
}

function toView(row: typeof templates.$inferSelect): TemplateView {
  return {
    id: row.id,
    name: row.name,
    language: row.language,
    category: categoryOf(row.category),
    status: statusOf(row.status),
    rejectedReason: row.rejectedReason,
    shape: row.shape,
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
