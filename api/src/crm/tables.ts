import type { FieldDefinition } from "@aparte/crm/record.ts";
import { jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, time } from "../platform/columns.ts";

/** One customer account of a CRM. A connection that ended keeps its row, so that links and logs find it again. */
export const connections = pgTable(
  "crm_connections",
  {
    workspaceId: uuid("workspace_id").notNull(),
    id: uuid("id").notNull(),
    crm: text("crm").notNull(),
    account: text("account").notNull(),
    accountName: text("account_name").notNull(),
    uiDomain: text("ui_domain").notNull(),
    timeZone: text("time_zone").notNull(),
    accessToken: bytea("access_token").notNull(),
    refreshToken: bytea("refresh_token").notNull(),
    refreshAt: time("refresh_at").notNull(),
    accessExpiresAt: time("access_expires_at").notNull(),
    pausedUntil: time("paused_until"),
    logKey: text("log_key", { enum: ["unique", "read_back"] }).notNull(),
    state: text("state", { enum: ["connected", "ended"] }).notNull(),
    problem: text("problem"),
    connectedAt: time("connected_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** Sign-ins at a CRM that are under way. */
export const oauthStates = pgTable(
  "crm_oauth_states",
  {
    workspaceId: uuid("workspace_id").notNull(),
    state: text("state").notNull(),
    crm: text("crm").notNull(),
    codeVerifier: bytea("code_verifier").notNull(),
    actor: text("actor").notNull(),
    expiresAt: time("expires_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.state] })],
);

export const fields = pgTable(
  "crm_fields",
  {
    workspaceId: uuid("workspace_id").notNull(),
    connectionId: uuid("connection_id").notNull(),
    recordType: text("record_type").notNull(),
    fields: jsonb("fields").$type<readonly FieldDefinition[]>().notNull(),
    readAt: time("read_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.connectionId, table.recordType] })],
);
