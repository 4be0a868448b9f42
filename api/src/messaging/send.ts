import type { SendTemplateInput, SendTextInput } from "@aparte/core/inputs.ts";
import { stateRank, type MessageContent, type MessageView } from "@aparte/core/message.ts";
import { refused, type Outcome, type Refusal } from "@aparte/core/result.ts";
import { sendPolicy, type SendFacts, type SendIntent } from "@aparte/core/send-policy.ts";
import { renderTemplate } from "@aparte/core/template.ts";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { loadChannel } from "../channels/service.ts";
import { loadConsent } from "../consent/service.ts";
import { loadContact } from "../contacts/service.ts";
import { storableText, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { loadTemplate } from "../templates/service.ts";
import { findConversation, loadMessages, loadWindow } from "./read.ts";

/** Urgency in the lane: a code that somebody waits for, a reply, a notice, an advertisement. */
export const priorities = { AUTHENTICATION: 3, SERVICE: 2, UTILITY: 1, MARKETING: 0 } as const;
export type SendCategory = keyof typeof priorities;

type Place = { readonly contactId: string; readonly channelId: string };
type Draft = Place & {
  readonly id: string;
  readonly content: MessageContent;
  readonly category: SendCategory;
  readonly replyTo: string | null;
};
type Sent = Outcome<{ message: MessageView }>;
/** Whether a message that has the id already says what this call wants to say. */
type SameContent = (content: MessageContent) => boolean;

/** Queues a free text. The id is the client's: sent again it answers with the same message, never with a second one. */
export function sendText(ctx: MemberContext, input: SendTextInput): Promise<Sent> {
  return ctx.database.inWorkspace(ctx.actor.workspaceId, async (tx) => {
    const text = storableText(input.text);
    const same: SameContent = (content) => content.kind === "text" && content.text === text;
    const known = await knownMessage(tx, ctx, input, same);
    if (known) return known;
    const reason = await mayLeave(tx, ctx, input, { kind: "text", text });
    if (reason) return reason;
    return queueOnce(tx, ctx, { ...input, content: { kind: "text", text }, category: "SERVICE" }, same);
  });
}

/** Queues a template with its values, stored as the bubble that the person will see. */
export function sendTemplate(ctx: MemberContext, input: SendTemplateInput): Promise<Sent> {
  return ctx.database.inWorkspace(ctx.actor.workspaceId, async (tx) => {
    const values = Object.fromEntries(Object.entries(input.values).map(([key, value]) => [key, storableText(value)]));
    const same: SameContent = (content) =>
      content.kind === "template" && content.templateId === input.templateId && sameValues(content.values, values);
    const known = await knownMessage(tx, ctx, input, same);
    if (known) return known;
    const template = await loadTemplate(tx, ctx.actor.workspaceId, input.templateId);
    if (!template) return refused("templates.not_found");
    const reason = await mayLeave(tx, ctx, input, { kind: "template", template, values });
    if (reason) return reason;
    const { id: templateId, name, language, category, shape } = template;
    const bubble = renderTemplate(shape, values);
    const content = { kind: "template", templateId, name, language, values, bubble } as const;
    return queueOnce(tx, ctx, { ...input, content, category, replyTo: null }, same);
  });
}

function sameValues(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/** The facts that the policy asks for, as they are now. */
export async function loadSendFacts(
  tx: Tx,
  place: Place & { readonly workspaceId: string; readonly channelUsable: boolean },
  now: Date,
): Promise<SendFacts> {
  const conversationId = await findConversation(tx, place.workspaceId, place.channelId, place.contactId);
  return {
    channelUsable: place.channelUsable,
    consent: await loadConsent(tx, place.workspaceId, place.contactId),
    window: await loadWindow(tx, place.workspaceId, conversationId, now),
  };
}

async function mayLeave(tx: Tx, ctx: MemberContext, place: Place, intent: SendIntent): Promise<Refusal | null> {
  const { workspaceId } = ctx.actor;
  const channel = await loadChannel(tx, workspaceId, place.channelId);
  if (!channel) return refused("channels.not_found");
  if (!(await loadContact(tx, workspaceId, place.contactId))) return refused("contacts.not_found");
  const facts = await loadSendFacts(tx, { ...place, workspaceId, channelUsable: channel.usable }, ctx.now());
  return sendPolicy(intent, facts);
}

/** The message that already has this id: the answer to a repeated call, or a refusal when it says something else. */
async function knownMessage(
  tx: Tx,
  ctx: MemberContext,
  input: Place & { readonly id: string },
  same: SameContent,
): Promise<Sent | null> {
  const [message] = await loadMessages(tx, ctx.actor.workspaceId, [input.id]);
  if (!message) return null;
  const conversationId = await findConversation(tx, ctx.actor.workspaceId, input.channelId, input.contactId);
  const isSame = message.direction === "out" && message.conversationId === conversationId && same(message.content);
  return isSame ? { ok: true, message } : refused("messaging.id_reused");
}

/** Of two calls with one id at the same moment the first to commit makes the message; the other finds it made. */
async function queueOnce(tx: Tx, ctx: MemberContext, draft: Draft, same: SameContent): Promise<Sent> {
  const sent = (await queue(tx, ctx, draft)) ?? (await knownMessage(tx, ctx, draft, same));
  if (!sent) throw new Error("The id of a message is taken by none that can be found.");
  return sent;
}

/** Null when the id is taken. */
async function queue(tx: Tx, ctx: MemberContext, draft: Draft): Promise<Sent | null> {
  const { workspaceId, userId, name } = ctx.actor;
  const conversationId = await ensureConversation(tx, workspaceId, draft);
  const inserted = await tx.execute<{ id: string }>(sql`
    insert into messaging_messages
      (workspace_id, id, conversation_id, direction, content, category, state, state_rank, reply_to, author, at, priority, next_attempt_at)
    values (${workspaceId}, ${draft.id}, ${conversationId}, 'out', ${JSON.stringify(draft.content)}::text::jsonb, ${draft.category},
      'queued', ${stateRank("queued")}, ${draft.replyTo}, ${name}, ${ctx.now().toISOString()}, ${priorities[draft.category]}, now())
    on conflict (workspace_id, id) do nothing returning id`);
  if (inserted.length === 0) return null;
  const payload = { messageId: draft.id, conversationId, contactId: draft.contactId };
  await emit(tx, [{ name: "message.queued", workspaceId, actor: userId, payload }]);
  const [message] = await loadMessages(tx, workspaceId, [draft.id]);
  if (!message) throw new Error("A message was stored and not found again.");
  return { ok: true, message };
}

async function ensureConversation(tx: Tx, workspaceId: string, { channelId, contactId }: Place): Promise<string> {
  const known = await findConversation(tx, workspaceId, channelId, contactId);
  if (known !== null) return known;
  const [row] = await tx.execute<{ id: string }>(sql`
    insert into messaging_conversations (workspace_id, id, channel_id, contact_id)
    values (${workspaceId}, ${uuidv7()}, ${channelId}, ${contactId})
    on conflict (workspace_id, channel_id, contact_id) do update set channel_id = excluded.channel_id
    returning id`);
  if (!row) throw new Error("A conversation was made and not found again.");
  return row.id;
}
