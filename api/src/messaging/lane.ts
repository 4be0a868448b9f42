import { filesOf, type FreeContent, type TemplateContent } from "@aparte/core/message-content.ts";
import { ourErrorCode, retryAfterMs, type MetaError } from "@aparte/whatsapp/errors.ts";
import { freeBody, templateBody, type MessageBody, type Recipient } from "@aparte/whatsapp/message-body.ts";
import { templateComponents } from "@aparte/whatsapp/template-components.ts";
import type { SendOutcome } from "@aparte/whatsapp/send-outcome.ts";
import { sql } from "drizzle-orm";
import { channelClient } from "../channels/client.ts";
import { loadChannel, markChannelProblem, type Channel } from "../channels/service.ts";
import type { FencePass } from "../consent/fence.ts";
import { loadContact } from "../contacts/service.ts";
import { queueUploads, uploadedIds } from "../media/service.ts";
import type { Deps } from "../platform/context.ts";
import type { Tx } from "../platform/db.ts";
import { recordStopped, stoppedInWhatsApp } from "./apply-statuses.ts";
import type { Claimed } from "./lane-claim.ts";
import { passGate, payFromBudget } from "./lane-gate.ts";
import { commitIntent, settleAccepted, settleFailed, settleLater, settleUnknown } from "./lane-settle.ts";
import { intentOf, type WrittenIntent } from "./may-send.ts";
import { recipientOf } from "./recipient.ts";

/** An opt-out is just being written for this person: look again after this. */
const fenceRetryMs = 200;
/** Attempts that Meta or the network turned away before we give up and say so. */
const maxAttempts = 8;
/** First pause after a connection that never came about; doubles each time. */
const connectionRetryMs = 1_000;

/**
 * Sends one claimed message: passes the person's consent fence, asks the gate once more with the facts of this moment,
 * commits the intent, sends, and writes down how it ended. Each step is its own transaction, so that no connection is
 * held while Meta answers, and the fence is left only when the answer is stored.
 */
export async function sendClaimed(deps: Deps, fence: FencePass, claimed: Claimed): Promise<void> {
  const passage = await fence.pass(claimed.workspaceId, claimed.contactId);
  const inTransaction = deps.database.system.transaction.bind(deps.database.system);
  if (!passage) return inTransaction((tx) => settleLater(tx, claimed, "claimed", fenceRetryMs));
  const outcome = await sendPassed(deps, claimed, passage);
  // Recorded behind the fence: inside, the opt-out would wait for this very send.
  if (outcome?.outcome === "rejected" && outcome.error.code === stoppedInWhatsApp) {
    const { workspaceId, contactId, channelId, id: messageId } = claimed;
    const at = deps.now().toISOString();
    await inTransaction((tx) =>
      recordStopped(tx, [{ workspaceId, contactId, channelId, messageId, at, title: outcome.error.title }]),
    );
  }
}

type Passage = NonNullable<Awaited<ReturnType<FencePass["pass"]>>>;

/** Sends from inside the fence, and leaves it. Null when the message may not leave. */
async function sendPassed(deps: Deps, claimed: Claimed, passage: Passage): Promise<SendOutcome | null> {
  const inTransaction = deps.database.system.transaction.bind(deps.database.system);
  try {
    const ready = await inTransaction((tx) => prepare(deps, tx, claimed));
    if (!ready) return null;
    await deps.failpoint("send:before_request");
    const outcome = await channelClient(deps, ready.channel).sendMessage(ready.channel.phoneNumberId, ready.body);
    await inTransaction(async (tx) => {
      switch (outcome.outcome) {
        case "accepted":
          return settleAccepted(tx, claimed, outcome.wamid);
        case "rejected":
          return settleRejected(tx, claimed, ready.channel, outcome.error);
        case "never_left":
          return settleNeverLeft(tx, claimed);
        case "unknown":
          return settleUnknown(tx, claimed);
      }
    });
    return outcome;
  } finally {
    await passage.leave();
  }
}

type Ready = { readonly channel: Channel; readonly body: MessageBody };
type Draft = {
  readonly content: FreeContent | TemplateContent;
  readonly replyToWamid: string | null;
  readonly aboutWamid: string | null;
};

/** The facts of this moment decide. Null when the message may not leave; its end is then already written. */
async function prepare(deps: Deps, tx: Tx, claimed: Claimed): Promise<Ready | null> {
  const { workspaceId, channelId, contactId } = claimed;
  const channel = await loadChannel(tx, workspaceId, channelId);
  const contact = await loadContact(tx, workspaceId, contactId);
  const draft = await loadDraft(tx, claimed);
  if (!channel || !draft) throw new Error("A claimed message has lost its channel or content.");
  // A contact that has just become part of another one: the message went along and is claimed anew, for that one.
  if (contact === null || channel.problem === "channels.token_invalid") {
    await settleLater(tx, claimed, "claimed", contact === null ? fenceRetryMs : 0);
    return null;
  }
  const intent = await intentOf(tx, workspaceId, draft.content);
  const asked = { claimed, intent, channel };
  const facts = await passGate(tx, asked, deps.now());
  if (!facts) return null;
  const uploaded = await uploadedIds(tx, { workspaceId, channelId }, filesOf(draft.content));
  if (uploaded.problem !== null) {
    await settleFailed(tx, claimed, "claimed", { code: uploaded.problem, details: null });
    return null;
  }
  if (uploaded.forgotten.length > 0) {
    await queueUploads(tx, { workspaceId, channelId }, uploaded.forgotten);
    await settleLater(tx, claimed, "claimed", 0);
    return null;
  }
  const { replyToWamid, aboutWamid } = draft;
  const recipient = recipientOf(contact, channel);
  if (recipient === null) {
    await settleFailed(tx, claimed, "claimed", { code: "contacts.unreachable_here", details: null });
    return null;
  }
  const body = bodyOf(intent, {
    replyToWamid,
    aboutWamid,
    ...recipient,
    callbackData: claimed.id,
    files: uploaded.ids,
  });
  if (!(await payFromBudget(tx, asked, facts, deps.now()))) return null;
  return (await commitIntent(tx, claimed, deps.now())) ? { channel, body } : null;
}

async function loadDraft(tx: Tx, { workspaceId, id }: Claimed): Promise<Draft | null> {
  const [row] = await tx.execute<Draft>(sql`
    select m.content, q.wamid as "replyToWamid", m.about_wamid as "aboutWamid" from messaging_messages m
    left join messaging_messages q on q.workspace_id = m.workspace_id and q.id = m.reply_to
    where m.workspace_id = ${workspaceId} and m.id = ${id}`);
  return row ?? null;
}

type Outgoing = Omit<Draft, "content"> &
  Recipient & { readonly callbackData: string; readonly files: ReadonlyMap<string, string> };

function bodyOf(intent: WrittenIntent, out: Outgoing): MessageBody {
  if (intent.kind === "free") return freeBody({ ...out, content: intent.content });
  const { name, language, shape } = intent.template;
  return templateBody({ ...out, name, language, components: templateComponents(shape, intent.values, out.files) });
}

/** Meta said no. Some refusals pass by themselves, some speak of the whole number, the rest end the message. */
async function settleRejected(tx: Tx, claimed: Claimed, channel: Channel, error: MetaError): Promise<void> {
  const delayMs = retryAfterMs(error.code, claimed.turnedAway);
  if (delayMs !== null && claimed.turnedAway + 1 < maxAttempts) return settleLater(tx, claimed, "sending", delayMs);
  const code = ourErrorCode(error.code);
  if (code === "channels.token_invalid" || code === "channels.account_problem") {
    await markChannelProblem(tx, claimed.workspaceId, channel.id, code);
  }
  // The lane of a number whose token ended stands still until an admin gives it another: no message is lost by it.
  if (code === "channels.token_invalid") return settleLater(tx, claimed, "sending", 0);
  await settleFailed(tx, claimed, "sending", { code, details: error.details ?? error.title });
}

/** Not a byte reached Meta, so trying again cannot double anything. */
async function settleNeverLeft(tx: Tx, claimed: Claimed): Promise<void> {
  if (claimed.turnedAway + 1 < maxAttempts) {
    return settleLater(tx, claimed, "sending", connectionRetryMs * 2 ** claimed.turnedAway);
  }
  await settleFailed(tx, claimed, "sending", { code: "messaging.connection_failed", details: null });
}
