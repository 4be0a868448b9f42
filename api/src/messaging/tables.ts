import {
  bigint,
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";

const time = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

export const conversations = pgTable("messaging_conversations", {
  workspaceId: uuid("workspace_id").notNull(),
  id: uuid("id").notNull(),
  channelId: uuid("channel_id").notNull(),
  contactId: uuid("contact_id").notNull(),
  createdAt: time("created_at").notNull().defaultNow(),
});

export const messages = pgTable("messaging_messages", {
  workspaceId: uuid("workspace_id").notNull(),
  id: uuid("id").notNull(),
  conversationId: uuid("conversation_id").notNull(),
  direction: text("direction").notNull(),
  content: jsonb("content").notNull(),
  category: text("category"),
  state: text("state").notNull(),
  stateRank: smallint("state_rank").notNull(),
  wamid: text("wamid"),
  replyTo: uuid("reply_to"),
  author: text("author"),
  at: time("at").notNull(),
  seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity(),
  deliveredAt: time("delivered_at"),
  readAt: time("read_at"),
  failureCode: text("failure_code"),
  failureDetails: text("failure_details"),
  pricing: jsonb("pricing"),
  priority: smallint("priority").notNull().default(0),
  attempt: integer("attempt").notNull().default(0),
  nextAttemptAt: time("next_attempt_at"),
  leaseUntil: time("lease_until"),
  unknownSinceHealthy: doublePrecision("unknown_since_healthy"),
  resent: boolean("resent").notNull().default(false),
  createdAt: time("created_at").notNull().defaultNow(),
});

export const lanes = pgTable("messaging_lanes", {
  workspaceId: uuid("workspace_id").notNull(),
  channelId: uuid("channel_id").notNull(),
  tokens: doublePrecision("tokens").notNull(),
  refilledAt: time("refilled_at").notNull().defaultNow(),
});

export const statuses = pgTable("messaging_statuses", {
  workspaceId: uuid("workspace_id").notNull(),
  wamid: text("wamid").notNull(),
  state: text("state").notNull(),
  at: time("at").notNull(),
  error: jsonb("error"),
  pricing: jsonb("pricing"),
});

export const unknownFacts = pgTable("messaging_unknown_facts", {
  workspaceId: uuid("workspace_id").notNull(),
  id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity(),
  kind: text("kind").notNull(),
  payload: jsonb("payload").notNull(),
  receivedAt: time("received_at").notNull().defaultNow(),
});
