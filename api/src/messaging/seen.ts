import type { SeenInput } from "@aparte/core/inputs.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { sql } from "drizzle-orm";
import { askMeta } from "../channels/ask.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";

type Seen = {
  readonly wamid: string;
  readonly conversationId: string;
  readonly channelId: string;
  readonly contactId: string;
};

/**
 * Tells the person that a message of theirs was read, with all before it, or also that an answer is being typed. Only
 * somebody who has it on the screen may say so.
 */
export async function markSeen(ctx: MemberContext, { messageId, typing }: SeenInput): Promise<Outcome<object>> {
  const { workspaceId, userId: actor } = ctx.actor;
  const message = await ctx.database.inWorkspace(workspaceId, async (tx) => {
    const [row] = await tx.execute<Seen>(sql`
      select m.wamid, m.conversation_id as "conversationId", c.channel_id as "channelId", c.contact_id as "contactId"
      from messaging_messages m
      join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
      where m.workspace_id = ${workspaceId} and m.id = ${messageId} and m.direction = 'in' and m.wamid is not null`);
    return row;
  });
  if (!message) return refused("messaging.not_found");
  const { wamid, channelId, conversationId, contactId } = message;
  const answer = await askMeta(ctx, channelId, (client, { phoneNumberId }) =>
    typing ? client.showTyping(phoneNumberId, wamid) : client.markRead(phoneNumberId, wamid),
  );
  if (!answer.ok) return answer;
  const payload = { messageId, conversationId, contactId };
  if (!typing) {
    await ctx.database.inWorkspace(workspaceId, (tx) =>
      emit(tx, [{ name: "message.seen", workspaceId, actor, payload }]),
    );
  }
  return { ok: true };
}
