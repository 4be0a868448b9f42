import { errorRule } from "@aparte/core/errors.ts";
import { stateRank, type MessageView } from "@aparte/core/message.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { sql } from "drizzle-orm";
import { queueUploads } from "../media/service.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { loadMessages } from "./read.ts";

/**
 * A person decides to send a message once more under its own id: one whose answer was lost for good, or one that failed
 * for a reason that can pass. Its state and its time start again, and so do uploads that failed; late news of the first
 * attempt still settles it.
 */
export function resend(ctx: MemberContext, messageId: string): Promise<Outcome<{ message: MessageView }>> {
  const { workspaceId, userId } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const [message] = await loadMessages(tx, workspaceId, [messageId]);
    if (!message) return refused("messaging.not_found");
    const canPass = message.failure !== null && errorRule(message.failure.code).retry !== "never";
    if (message.state !== "unconfirmed" && !(message.state === "failed" && canPass)) {
      return refused("messaging.not_resendable");
    }
    const [row] = await tx.execute<{ contactId: string; channelId: string; files: string[] }>(sql`
      update messaging_messages m set state = 'queued', state_rank = ${stateRank("queued")}, failure_code = null,
        failure_details = null, turned_away = 0, resent = true, next_attempt_at = now(), at = ${ctx.now().toISOString()}
      from messaging_conversations c
      where m.workspace_id = ${workspaceId} and m.id = ${messageId} and m.state = ${message.state}
        and c.workspace_id = m.workspace_id and c.id = m.conversation_id
      returning c.contact_id as "contactId", c.channel_id as "channelId", m.files`);
    if (!row) return refused("messaging.not_resendable");
    await queueUploads(tx, { workspaceId, channelId: row.channelId }, row.files);
    const payload = { messageId, conversationId: message.conversationId, contactId: row.contactId };
    await emit(tx, [{ name: "message.queued", workspaceId, actor: userId, payload }]);
    const [queued] = await loadMessages(tx, workspaceId, [messageId]);
    if (!queued) throw new Error("A message was queued again and not found.");
    return { ok: true, message: queued };
  });
}
