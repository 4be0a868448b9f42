import { errorRule } from "@aparte/core/errors.ts";
import type { FreeContent, TemplateContent } from "@aparte/core/message-content.ts";
import { stateRank } from "@aparte/core/message.ts";
import { refused } from "@aparte/core/result.ts";
import { sql } from "drizzle-orm";
import { queueUploads } from "../media/service.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { intentOf, mayLeave } from "./may-send.ts";
import type { Sent } from "./queue.ts";
import { loadMessages } from "./read.ts";
import type { Place } from "./send-facts.ts";

type Stored = Place & { readonly content: FreeContent | TemplateContent; readonly files: readonly string[] };

/**
 * A person decides to send a message once more under its own id: one whose answer was lost for good, or one that failed
 * for a reason that can pass. Its state and its time start again, and so do uploads that failed; late news of the first
 * attempt still settles it.
 */
export function resend(ctx: MemberContext, messageId: string): Promise<Sent> {
  const { workspaceId, userId } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const [message] = await loadMessages(tx, workspaceId, [messageId]);
    if (!message) return refused("messaging.not_found");
    const canPass = message.failure !== null && errorRule(message.failure.code).retry !== "never";
    const isOpen = message.state === "unconfirmed" || (message.state === "failed" && canPass);
    // What was overwritten has no words left to send.
    if (!isOpen || message.content.kind === "deleted") {
      return refused("messaging.not_resendable");
    }
    const [stored] = await tx.execute<Stored>(sql`
      select c.contact_id as "contactId", c.channel_id as "channelId", m.content, m.files from messaging_messages m
      join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
      where m.workspace_id = ${workspaceId} and m.id = ${messageId}`);
    if (!stored) return refused("messaging.not_found");
    const reason = await mayLeave(tx, ctx, stored, await intentOf(tx, workspaceId, stored.content));
    if (reason) return reason;
    const moved = await tx.execute(sql`
      update messaging_messages set state = 'queued', state_rank = ${stateRank("queued")}, failure_code = null,
        failure_details = null, turned_away = 0, resent = true, origin = 'person', lane_id = ${stored.channelId},
        next_attempt_at = now(), at = ${ctx.now().toISOString()}
      where workspace_id = ${workspaceId} and id = ${messageId} and state = ${message.state} returning 1`);
    if (moved.length === 0) return refused("messaging.not_resendable");
    await queueUploads(tx, { workspaceId, channelId: stored.channelId }, stored.files);
    const payload = { messageId, conversationId: message.conversationId, contactId: stored.contactId };
    await emit(tx, [{ name: "message.queued", workspaceId, actor: userId, payload }]);
    const [queued] = await loadMessages(tx, workspaceId, [messageId]);
    if (!queued) throw new Error("A message was queued again and not found.");
    return { ok: true, message: queued };
  });
}
