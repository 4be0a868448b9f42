import { jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

const time = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

/** Append-only: the roles that serve requests may not update or delete here. */
export const consentEvents = pgTable("consent_events", {
  workspaceId: uuid("workspace_id").notNull(),
  id: uuid("id").notNull(),
  contactId: uuid("contact_id").notNull(),
  purpose: text("purpose").notNull(),
  action: text("action").notNull(),
  method: text("method").notNull(),
  occurredAt: time("occurred_at").notNull(),
  recordedAt: time("recorded_at").notNull().defaultNow(),
  wording: text("wording").notNull(),
  evidence: jsonb("evidence").notNull().default({}),
  sourceKey: text("source_key").notNull(),
  actor: text("actor"),
});
