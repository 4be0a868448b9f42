import { filesOf, type MessageContent } from "@aparte/core/message-content.ts";
import { stateRank, type MessageView } from "@aparte/core/message.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import type { SendOrigin, SendRefusal } from "@aparte/core/send-decision.ts";
import { sql } from "drizzle-orm";
import { isDeepStrictEqual } from "node:util";
import { uuidv7 } from "uuidv7";
import type { Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { findConversation, loadMessages } from "./read.ts";
import type { Place } from "./send-facts.ts";

/** Urgency in the lane: a code that somebody waits for, a reply, a notice, an advertisement. */
export const priorities = { AUTHENTICATION: 3, SERVICE: 2, UTILITY: 1, MARKETING: 0 } as const;
export type SendCategory = keyof typeof priorities;

export type Draft = Place & {
  readonly id: string;
  readonly content: MessageContent;
  readonly category: SendCategory;
  readonly replyTo: string | null;
  /** The message that it is about, when it is a reaction. */
  readonly aboutWamid: string | null;
};

export type Sent = Outcome<{ message: MessageView }> | SendRefusal;

/**
 * The message that already has this id: the answer to a repeated call, or a refusal when it says something else. Null when the
 * id is free. Templates are compared by what was chosen and filled in: their words may have changed since.
 */
export async function knownMessage(
  tx: Tx,
  ctx: MemberContext,
  draft: Place & Pick<Draft, "id" | "content">,
): Promise<Sent | null> {
  const { workspaceId } = ctx.actor;
  const [row] = await tx.execute<{ content: MessageContent; isSamePlace: boolean }>(sql`
    select m.content, m.direction = 'out' and c.channel_id = ${draft.channelId} and exists (
      select from contacts p where p.workspace_id = m.workspace_id and p.id = ${draft.contactId}
        and c.contact_id in (p.id, p.merged_into)) as "isSamePlace"
    from messaging_messages m
    join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    where m.workspace_id = ${workspaceId} and m.id = ${draft.id}`);
  if (!row) return null;
  if (!row.isSamePlace || !isDeepStrictEqual(chosen(row.content), chosen(draft.content))) {
    return refused("messaging.id_reused");
  }
  const [message] = await loadMessages(tx, workspaceId, [draft.id]);
  return message ? { ok: true, message } : refused("messaging.target_missing");
}

function chosen(content: MessageContent): unknown {
  return content.kind === "template" ? [content.templateId, content.values] : content;
}

/** Of two calls with one id at the same moment the first to commit makes the message; the other finds it made. */
export async function queueOnce(tx: Tx, ctx: MemberContext, draft: Draft): Promise<Sent> {
  const { workspaceId, userId, name } = ctx.actor;
  const author: Author = { workspaceId, userId, name, origin: "person", now: ctx.now() };
  const sent = (await queue(tx, author, draft)) ?? (await knownMessage(tx, ctx, draft));
  if (!sent) throw new Error("The id of a message is taken by none that can be found.");
  return sent;
}

type Author = {
  readonly workspaceId: string;
  /** Null, and no name, for a machine. */
  readonly userId: string | null;
  readonly name: string | null;
  readonly origin: SendOrigin;
  readonly now: Date;
};

/**
 * Queues what is said without a person at work, once for its id. It is the gate in the lane that decides whether it leaves.
 */
export async function queueBySystem(
  tx: Tx,
  { workspaceId, now }: { readonly workspaceId: string; readonly now: Date },
  draft: Draft,
): Promise<void> {
  await queue(tx, { workspaceId, userId: null, name: null, origin: "automation", now }, draft);
}

/** Null when the id is taken. */
async function queue(tx: Tx, author: Author, draft: Draft): Promise<Sent | null> {
  const { workspaceId, userId, name, origin, now } = author;
  const conversationId = await ensureConversation(tx, workspaceId, draft);
  if (!(await holdConversation(tx, workspaceId, conversationId))) return refused("contacts.not_found");
  const files = JSON.stringify(filesOf(draft.content));
  const inserted = await tx.execute<{ id: string }>(sql`
    insert into messaging_messages (workspace_id, id, conversation_id, direction, content, files, category, state, state_rank,
      reply_to, about_wamid, author, origin, at, priority, lane_id, next_attempt_at)
    values (${workspaceId}, ${draft.id}, ${conversationId}, 'out', ${JSON.stringify(draft.content)}::text::jsonb,
      array(select jsonb_array_elements_text(${files}::text::jsonb)), ${draft.category}, 'queued', ${stateRank("queued")},
      ${draft.replyTo}, ${draft.aboutWamid}, ${name}, ${origin}, ${now.toISOString()}, ${priorities[draft.category]},
      ${draft.channelId}, now())
    on conflict (workspace_id, id) do nothing returning id`);
  if (inserted.length === 0) return null;
  const payload = { messageId: draft.id, conversationId, contactId: draft.contactId };
  await emit(tx, [{ name: "message.queued", workspaceId, actor: userId, payload }]);
  const [message] = await loadMessages(tx, workspaceId, [draft.id]);
  if (!message) throw new Error("A message was stored and not found again.");
  return { ok: true, message };
}

/**
 * Keeps the conversation with its contact until the message is queued: a merge waits and takes the message along. False when
 * the contact has just become part of another one.
 */
async function holdConversation(tx: Tx, workspaceId: string, conversationId: string): Promise<boolean> {
  await tx.execute(sql`
    select from messaging_conversations where workspace_id = ${workspaceId} and id = ${conversationId} for key share`);
  const alive = await tx.execute(sql`
    select from messaging_conversations v join contacts c on c.workspace_id = v.workspace_id and c.id = v.contact_id
    where v.workspace_id = ${workspaceId} and v.id = ${conversationId} and c.merged_into is null`);
  return alive.length > 0;
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
