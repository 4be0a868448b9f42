import { pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

export const contacts = pgTable("contacts", {
  workspaceId: uuid("workspace_id").notNull(),
  id: uuid("id").notNull(),
  name: text("name"),
  profileName: text("profile_name"),
  waId: text("wa_id"),
  bsuid: text("bsuid"),
  createdAt: timestamp("created_at", { withTimezone: true, mode: "string" }).notNull().defaultNow(),
});
