import type { TemplateShape } from "@aparte/core/template.ts";
import { jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
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
    shape: jsonb("shape").$type<TemplateShape>().notNull(),
    syncedAt: time("synced_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);
