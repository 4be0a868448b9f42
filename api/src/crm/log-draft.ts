import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { associationsFor } from "@aparte/core/crm-settings.ts";
import type { LogEntry } from "@aparte/crm/entry.ts";
import { contentHash, type LogSubject, type LogWords } from "@aparte/crm/log-entry.ts";
import { renderLog } from "@aparte/crm/render-log.ts";
import { sql } from "drizzle-orm";
import { loadChannel } from "../channels/service.ts";
import { loadEntries } from "../consent/entries.ts";
import { loadContact } from "../contacts/service.ts";
import { findColleague } from "../identity/service.ts";
import { loadMessages, loadMessagesSince } from "../messaging/read.ts";
import type { Deps } from "../platform/context.ts";
import type { Tx } from "../platform/db.ts";
import { publicUrl } from "../platform/env.ts";
import { loadConnection, type Connection } from "./connections.ts";
import type { ClaimedLog } from "./log-claim.ts";
import { planEntries, planFrom } from "./log-plan.ts";
import { loadRecordFacts } from "./record-facts.ts";

type Log = Omit<ClaimedLog, "attempts" | "leaseUntil" | "unclear">;

/** What should be done about an entry now. */
export type Draft =
  | {
      readonly kind: "write";
      readonly entry: Omit<LogEntry, "logKeyKind" | "externalId" | "ownerId" | "standsOn">;
      /** The records that hold the person's number. */
      readonly own: readonly CrmRecordRef[];
      /** Who is responsible for the record; stands in for a colleague whom the CRM does not know. */
      readonly recordOwner: string | null;
      readonly hash: string;
      /** Whether the CRM itself refuses a second entry. */
      readonly logMode: Connection["logMode"];
      /** Some message in it stands there as not delivered or unconfirmed. */
      readonly marked: boolean;
    }
  /** Nobody is linked to its records any more, or it has nothing left to tell, or the person is to be forgotten. */
  | { readonly kind: "remove" }
  /** The person's records are deleted in the CRM: they may come back. */
  | { readonly kind: "rest" };

/** Draws up the entry as it should stand in the CRM now. */
export async function drawUp(deps: Deps, tx: Tx, log: Log, words: LogWords): Promise<Draft> {
  if (log.erase) return { kind: "remove" };
  const [facts] = await loadRecordFacts(tx, [log]);
  if (!facts || facts.own.length === 0) return { kind: (await isLinked(tx, log)) ? "rest" : "remove" };
  const { workspaceId, logKey, kind } = log;
  const subject = await loadSubject(deps, tx, log);
  if (subject === null) return { kind: "remove" };
  const contact = await loadContact(tx, workspaceId, log.contactId);
  const connection = await loadConnection(tx, workspaceId, log.connectionId);
  if (!contact || !connection) throw new Error("An entry has lost what it is about.");
  const rendered = renderLog({
    subject,
    contactName: contact.name ?? nameless(contact.waId),
    businessName: await businessName(tx, log),
    timeZone: connection.timeZone,
    fileUrl: (fileId) => `${publicUrl(deps.env)}/files/${encodeURIComponent(fileId)}`,
    words,
  });
  const records = associationsFor(connection.settings, facts).map(({ ref }) => ref);
  const messages = subject.kind === "consent" ? [] : subject.messages;
  const startedAt = new Date(log.startedAt).toISOString();
  const at = messages.at(-1)?.at ?? startedAt;
  const names = records.map(({ type, id }) => `${type} ${id}`);
  return {
    kind: "write",
    entry: { kind, logKey, records, ...rendered, at, startedAt, messageCount: messages.length },
    own: facts.own,
    recordOwner: facts.ownerId,
    logMode: connection.logMode,
    hash: contentHash(rendered.title, rendered.html, rendered.text, ...names),
    marked: messages.some(({ state }) => state === "failed" || state === "unconfirmed"),
  };
}

function nameless(waId: string | null): string {
  return waId === null ? "WhatsApp" : `+${waId}`;
}

/** Whether somebody is linked to a record in this CRM, be it deleted there. */
async function isLinked(tx: Tx, { workspaceId, connectionId, contactId }: Log): Promise<boolean> {
  const found = await tx.execute(sql`
    select from crm_links where workspace_id = ${workspaceId} and connection_id = ${connectionId}
      and contact_id = ${contactId} and role = 'person' and not excluded limit 1`);
  return found.length > 0;
}

async function businessName(tx: Tx, { workspaceId, conversationId }: Log): Promise<string> {
  const [place] = await tx.execute<{ channelId: string }>(sql`
    select channel_id as "channelId" from messaging_conversations
    where workspace_id = ${workspaceId} and id = ${conversationId}`);
  const channel = place && (await loadChannel(tx, workspaceId, place.channelId));
  return channel?.verifiedName ?? "";
}

/** What the entry tells of; null when nothing is left of it. */
async function loadSubject(deps: Deps, tx: Tx, log: Log): Promise<LogSubject | null> {
  const { kind, workspaceId, subjectId } = log;
  if (kind === "consent") return loadConsentSubject(deps, tx, log);
  const messages =
    kind === "message"
      ? await loadMessages(tx, workspaceId, subjectId ? [subjectId] : [])
      : await sessionOf(deps, tx, log);
  return messages.length === 0 ? null : { kind, messages };
}

/** The messages that belong to this entry, among those of its conversation that have no entry of their own. */
async function sessionOf(deps: Deps, tx: Tx, log: Log) {
  const { workspaceId, connectionId, conversationId } = log;
  if (conversationId === null) return [];
  const siblings = await tx.execute<{ start: string; messageId: string | null }>(sql`
    select started_at as start, subject_id as "messageId" from crm_logs
    where workspace_id = ${workspaceId} and connection_id = ${connectionId} and conversation_id = ${conversationId}`);
  const starts = siblings.flatMap(({ start, messageId }) => (messageId === null ? [start] : []));
  const alone = new Set(siblings.map(({ messageId }) => messageId));
  const since = Math.min(planFrom(starts, deps.now().getTime()), Date.parse(log.startedAt));
  const messages = await loadMessagesSince(tx, workspaceId, conversationId, new Date(since).toISOString());
  const planned = planEntries(
    messages.filter(({ id }) => !alone.has(id)),
    starts,
  );
  return planned.find(({ sessionStart }) => sessionStart === log.startedAt)?.messages ?? [];
}

/** What was given or withdrawn together is one act; null when all of it was taken back as a slip. */
async function loadConsentSubject(deps: Deps, tx: Tx, { workspaceId, contactId, subjectId }: Log) {
  const ledger = await loadEntries(tx, workspaceId, contactId);
  const voided = new Set(ledger.map(({ annuls }) => annuls));
  const entries = ledger.filter(({ id, actId }) => actId === subjectId && !voided.has(id));
  const [told] = entries;
  if (!told) return null;
  const colleague = told.actor === null ? null : await findColleague(deps.database, told.actor);
  return { kind: "consent", entries: entries.toReversed(), recordedBy: colleague?.name ?? null } as const;
}
