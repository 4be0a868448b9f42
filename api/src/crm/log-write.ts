import { contentHash, renderLog, type LogWords } from "@aparte/crm/log-entry.ts";
import type { LogOutcome } from "@aparte/crm/entry.ts";
import type { CrmFailure } from "@aparte/crm/outcome.ts";
import type { MessageView } from "@aparte/core/message.ts";
import { sql } from "drizzle-orm";
import { loadChannel } from "../channels/service.ts";
import { loadContact } from "../contacts/service.ts";
import { loadMessagesSince } from "../messaging/read.ts";
import type { Deps } from "../platform/context.ts";
import type { Tx } from "../platform/db.ts";
import { emit, type NewEvent } from "../platform/events.ts";
import { loadConnection, type Connection } from "./connections.ts";
import { planEntries, planFrom } from "./log-plan.ts";
import { settleLog, unclearMs, type ClaimedLog, type Settled } from "./log-queue.ts";
import { withSession, type Speaker } from "./session.ts";

/** The entry as it should stand in the CRM now. */
type Draft = {
  readonly contactId: string;
  readonly html: string;
  readonly hash: string;
  readonly marked: boolean;
  /** Where it stands on the timeline: its last message. */
  readonly at: string;
};

/** Brings one claimed entry up to date in the CRM and notes how that went. */
export async function writeLog(deps: Deps, log: ClaimedLog, words: LogWords): Promise<void> {
  const { workspaceId } = log;
  const draft = await deps.database.inWorkspace(workspaceId, (tx) => drawUp(tx, log, words, deps.now()));
  const settled = await bringUpToDate(deps, log, draft);
  await deps.database.inWorkspace(workspaceId, async (tx) => {
    if (await settleLog(tx, log, settled)) await emit(tx, newsOf(log, draft, settled));
  });
}

async function drawUp(tx: Tx, log: ClaimedLog, words: LogWords, now: Date): Promise<Draft> {
  const { workspaceId, conversationId } = log;
  const [place] = await tx.execute<{ contactId: string; channelId: string }>(sql`
    select contact_id as "contactId", channel_id as "channelId" from messaging_conversations
    where workspace_id = ${workspaceId} and id = ${conversationId}`);
  const contact = place && (await loadContact(tx, workspaceId, place.contactId));
  const channel = place && (await loadChannel(tx, workspaceId, place.channelId));
  const connection = await loadConnection(tx, workspaceId, log.connectionId);
  const messages = await messagesOf(tx, log, now);
  const last = messages.at(-1);
  if (!contact || !channel || !connection || !last) throw new Error("An entry has lost what it is about.");
  const html = renderLog({
    contactName: contact.name ?? nameless(contact.waId),
    businessName: channel.verifiedName,
    messages,
    timeZone: connection.timeZone,
    words,
  });
  const marked = messages.some(({ state }) => state === "failed" || state === "unconfirmed");
  return { contactId: contact.id, html, hash: contentHash(html), marked, at: last.at };
}

function nameless(waId: string | null): string {
  return waId === null ? "WhatsApp" : `+${waId}`;
}

/** The messages that belong to this entry, among those of its conversation. */
async function messagesOf(tx: Tx, log: ClaimedLog, now: Date): Promise<readonly MessageView[]> {
  const { workspaceId, conversationId } = log;
  const siblings = await tx.execute<{ start: string }>(sql`
    select session_start as start from crm_logs
    where workspace_id = ${workspaceId} and connection_id = ${log.connectionId} and conversation_id = ${conversationId}
      and record_type = ${log.recordType} and record_id = ${log.recordId}`);
  const starts = siblings.map(({ start }) => start);
  const since = Math.min(planFrom(starts, now.getTime()), Date.parse(log.sessionStart));
  const messages = await loadMessagesSince(tx, workspaceId, conversationId, new Date(since).toISOString());
  const own = planEntries(messages, starts).find(({ sessionStart }) => sessionStart === log.sessionStart);
  return own?.messages ?? [];
}

async function bringUpToDate(deps: Deps, log: ClaimedLog, draft: Draft): Promise<Settled> {
  const { hash, marked } = draft;
  if (!log.unclear && log.externalId !== null && log.writtenHash === hash) {
    return { state: "written", externalId: log.externalId, hash, marked };
  }
  const outcome = await withSession(deps, log.workspaceId, log.connectionId, (speaker) => write(speaker, log, draft));
  switch (outcome.outcome) {
    case "written":
      return { state: "written", externalId: outcome.externalId, hash, marked };
    case "gone":
      return { state: "gone" };
    case "unclear":
      return { state: "unclear", inMs: unclearMs, reason: outcome.reason };
    case "later":
      return {
        state: log.unclear ? "unclear" : "waiting",
        inMs: retryIn(log, outcome.retryAfterMs),
        reason: outcome.reason,
      };
    case "refused":
      // The connection is what is wrong, not the entry: it goes on when the connection does.
      return outcome.reason === "crm.connection_ended"
        ? { state: "waiting", inMs: 0, reason: outcome.reason }
        : { state: "failed", reason: outcome.reason };
  }
}

/** Where only reading back tells whether a lost answer was a success, that comes before writing again. */
async function write(speaker: Speaker, log: ClaimedLog, { html, at }: Draft): Promise<LogOutcome | CrmFailure> {
  const { adapter, session, connection } = speaker;
  const record = recordOf(log, connection);
  let { externalId } = log;
  if (log.unclear && externalId === null && connection.logMode === "read_back") {
    const found = await adapter.findLog(session, log.logKey, record);
    if (found.outcome !== "done") return found;
    externalId = found.externalId;
  }
  const { logKey } = log;
  return adapter.writeLog(session, { logKey, logKeyKind: connection.logMode, externalId, record, html, at });
}

function recordOf({ recordType, recordId }: ClaimedLog, { crm, account }: Connection) {
  return { crm, account, type: recordType, id: recordId };
}

/** At least what the CRM asks for; twice as long after each try in vain, up to five minutes. */
function retryIn({ attempts }: ClaimedLog, askedMs: number): number {
  return Math.max(askedMs, Math.min(1000 * 2 ** Math.min(attempts - 1, 20), 300_000));
}

function newsOf({ workspaceId, id: logId }: ClaimedLog, { contactId }: Draft, settled: Settled): NewEvent[] {
  if (settled.state === "written") return [{ name: "crm.log_written", workspaceId, payload: { contactId, logId } }];
  const isFinal = settled.state === "failed" || ("reason" in settled && settled.reason === "crm.connection_ended");
  if (!isFinal) return [];
  return [{ name: "crm.log_failed", workspaceId, payload: { contactId, logId, reason: settled.reason } }];
}
