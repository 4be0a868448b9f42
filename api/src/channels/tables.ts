import { doublePrecision, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, time } from "../platform/columns.ts";

export const channels = pgTable(
  "channels",
  {
    workspaceId: uuid("workspace_id").notNull(),
    id: uuid("id").notNull(),
    appId: text("app_id").notNull(),
    wabaId: text("waba_id").notNull(),
    portfolioId: text("portfolio_id"),
    phoneNumberId: text("phone_number_id").notNull(),
    displayPhoneNumber: text("display_phone_number").notNull(),
    verifiedName: text("verified_name").notNull(),
    qualityRating: text("quality_rating").notNull(),
    status: text("status").notNull(),
    accessToken: bytea("access_token").notNull(),
    problem: text("problem"),
    rate: doublePrecision("rate").notNull().default(80),
    messagingLimit: text("messaging_limit"),
    limitAt: time("limit_at"),
    nameDecision: text("name_decision"),
    requestedName: text("requested_name"),
    nameAt: time("name_at"),
    nameApprovedAt: time("name_approved_at"),
    stateAt: time("state_at"),
    createdAt: time("created_at").notNull().defaultNow(),
    refreshedAt: time("refreshed_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);
