import type { BlockInput } from "@aparte/core/channel-input.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { sql } from "drizzle-orm";
import { askMeta } from "../channels/ask.ts";
import { loadChannel } from "../channels/service.ts";
import { loadContact } from "../contacts/service.ts";
import type { Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { recipientOf } from "./recipient.ts";

/**
 * Blocks a person on a number, or frees them: who is blocked can neither write to it nor see it (Meta, "Block users"). Meta
 * only blocks people who wrote in the last 24 hours.
 */
export async function setBlocked(
  ctx: MemberContext,
  { channelId, contactId }: BlockInput,
  blocked: boolean,
): Promise<Outcome<{ readonly blocked: boolean }>> {
  const { workspaceId, userId: actor } = ctx.actor;
  const found = await ctx.database.inWorkspace(workspaceId, async (tx) => ({
    contact: await loadContact(tx, workspaceId, contactId),
    channel: await loadChannel(tx, workspaceId, channelId),
  }));
  if (!found.contact) return refused("contacts.not_found");
  if (!found.channel) return refused("channels.not_found");
  const recipient = recipientOf(found.contact, found.channel);
  if (recipient === null) return refused("contacts.unreachable_here");
  const answer = await askMeta(ctx, channelId, (client, { phoneNumberId }) =>
    blocked ? client.block(phoneNumberId, [recipient]) : client.unblock(phoneNumberId, [recipient]),
  );
  if (!answer.ok) return answer;
  const [failure] = answer.value.failed;
  if (failure) return refused("messaging.block_failed", failure.details === null ? {} : { details: failure.details });
  await ctx.database.inWorkspace(workspaceId, async (tx) => {
    await tx.execute(sql`
      update messaging_conversations set blocked = ${blocked}
      where workspace_id = ${workspaceId} and channel_id = ${channelId} and contact_id = ${contactId}`);
    await emit(tx, [{ name: "contact.blocked", workspaceId, actor, payload: { contactId, channelId, blocked } }]);
  });
  return { ok: true, blocked };
}

/** Whether we blocked the person of a conversation. */
export async function loadBlocked(tx: Tx, workspaceId: string, conversationId: string | null): Promise<boolean> {
  const [row] = await tx.execute<{ blocked: boolean }>(sql`
    select blocked from messaging_conversations where workspace_id = ${workspaceId} and id = ${conversationId}`);
  return row?.blocked ?? false;
}
