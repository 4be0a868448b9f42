import type { DriftReport } from "@aparte/core/crm-health.ts";
import type { FieldDefinition } from "@aparte/crm/record.ts";
import { boolean, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, time } from "../platform/columns.ts";

/** How far the comparison with the CRM is; `asked`: somebody waits for it. */
export type DriftState = {
  readonly last: DriftReport | null;
  readonly running: Omit<DriftReport, "at"> & { readonly asked: boolean };
};

export const noDrift: DriftState["running"] = { checked: 0, missing: 0, changed: 0, doubled: 0, asked: false };

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
    refreshAt: time("refresh_at"),
    accessExpiresAt: time("access_expires_at"),
    pausedUntil: time("paused_until"),
    backgroundPausedUntil: time("background_paused_until"),
    apiUrl: text("api_url"),
    loginUrl: text("login_url"),
    settings: jsonb("settings").$type<unknown>().notNull().default({}),
    unreachableSince: time("unreachable_since"),
    lastWrittenAt: time("last_written_at"),
    /** Whether consent and last contact are copied to fields of people's records. */
    mirrors: boolean("mirrors").notNull().default(false),
    driftCursor: uuid("drift_cursor"),
    driftDueAt: time("drift_due_at").notNull().defaultNow(),
    drift: jsonb("drift").$type<DriftState>(),
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
    loginUrl: text("login_url"),
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

/** What is known of a connection's limits: see `Pace`. */
export const paces = pgTable(
  "crm_pace",
  {
    workspaceId: uuid("workspace_id").notNull(),
    connectionId: uuid("connection_id").notNull(),
    pace: jsonb("pace").$type<unknown>().notNull().default({}),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.connectionId] })],
);

/** Our colleagues in the CRM. */
export const owners = pgTable(
  "crm_owners",
  {
    workspaceId: uuid("workspace_id").notNull(),
    connectionId: uuid("connection_id").notNull(),
    userId: text("user_id").notNull(),
    ownerId: text("owner_id"),
    readAt: time("read_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.connectionId, table.userId] })],
);
