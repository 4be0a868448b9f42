import { randomUUID } from "node:crypto";
import type postgres from "postgres";

export type Message = { readonly from: string; readonly wamid: string; readonly text: string };

/**
 * Projection as it is usually written, to compare ours with: one message after the other, each in a transaction that
 * finds or makes contact and conversation, and adds the message and its event.
 */
export async function projectOneByOne(
  sql: postgres.Sql,
  place: { readonly workspaceId: string; readonly channelId: string },
  messages: readonly Message[],
): Promise<void> {
  const { workspaceId, channelId } = place;
  for (const { from, wamid, text } of messages) {
    await sql.begin(async (tx) => {
      const [contact] = await tx<{ id: string }[]>`
        insert into contacts (workspace_id, id, wa_id) values (${workspaceId}, ${randomUUID()}, ${from})
        on conflict (workspace_id, wa_id) do update set wa_id = excluded.wa_id returning id`;
      const [conversation] = await tx<{ id: string }[]>`
        insert into messaging_conversations (workspace_id, id, channel_id, contact_id)
        values (${workspaceId}, ${randomUUID()}, ${channelId}, ${contact?.id ?? ""})
        on conflict (workspace_id, channel_id, contact_id) do update set channel_id = excluded.channel_id returning id`;
      const stored = await tx`
        insert into messaging_messages (workspace_id, id, conversation_id, direction, content, state, state_rank, wamid, at)
        values (${workspaceId}, ${randomUUID()}, ${conversation?.id ?? ""}, 'in', ${tx.json({ kind: "text", text })},
          'received', 0, ${wamid}, now())
        on conflict (workspace_id, wamid) do nothing`;
      if (stored.count === 0) return;
      await tx`insert into events (workspace_id, name, payload) values (${workspaceId}, 'message.received', '{}')`;
    });
  }
}
