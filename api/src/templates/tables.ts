import type { TemplateDefinition } from "@aparte/core/template-definition.ts";
import { versionStates } from "@aparte/core/template-version.ts";
import type { TemplateShape } from "@aparte/core/template.ts";
import { boolean, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { time } from "../platform/columns.ts";

export const templates = pgTable(
  "templates",
  {
    workspaceId: uuid("workspace_id").notNull(),
    id: uuid("id").notNull(),
    wabaId: text("waba_id").notNull(),
    metaId: text("meta_id").notNull(),
    name: text("name").notNull(),
    language: text("language").notNull(),
    category: text("category").notNull(),
    status: text("status").notNull(),
    rejectedReason: text("rejected_reason"),
    recommendation: text("recommendation"),
    quality: text("quality").notNull(),
    nextCategory: text("next_category"),
    nextCategoryAt: time("next_category_at"),
    statusAt: time("status_at"),
    categoryAt: time("category_at"),
    qualityAt: time("quality_at"),
    shape: jsonb("shape").$type<TemplateShape>().notNull(),
    unsupported: jsonb("unsupported").$type<readonly string[]>().notNull(),
    /** When something was learnt of it last; a list that began to be read before is older. */
    syncedAt: time("synced_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

export const versions = pgTable(
  "templates_versions",
  {
    workspaceId: uuid("workspace_id").notNull(),
    id: uuid("id").notNull(),
    wabaId: text("waba_id").notNull(),
    templateId: uuid("template_id"),
    definition: jsonb("definition").$type<TemplateDefinition>().notNull(),
    state: text("state", { enum: versionStates }).notNull(),
    changedApproved: boolean("changed_approved").notNull().default(false),
    reason: text("reason"),
    recommendation: text("recommendation"),
    author: text("author").notNull(),
    savedAt: time("saved_at").notNull().defaultNow(),
    submittedAt: time("submitted_at"),
    decidedAt: time("decided_at"),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);
