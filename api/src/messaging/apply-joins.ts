import { answerJoins, type SentText } from "../consent/join-answer.ts";
import { endJoinsOf } from "../consent/join.ts";
import { revokeLinks } from "../consent/preference.ts";
import type { EventName } from "@aparte/core/events.ts";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { rows, type Tx } from "../platform/db.ts";
import type { EventOf } from "../platform/events.ts";
import { queueBySystem } from "./queue.ts";

/** News that may prove a consent, or end the links of a person. */
export const joinNewsNames = ["message.received", "contact.erased"] as const satisfies readonly EventName[];
export type JoinNews = (typeof joinNewsNames)[number];

/**
 * Reads codes: what people write may prove a consent (`answerJoins`), and of people who were forgotten no link is left that opens
 * or proves anything. Who agreed for the first time is thanked where the firm wants it.
 */
export async function applyJoins(tx: Tx, events: readonly EventOf<JoinNews>[], now: Date): Promise<void> {
  for (const { name, workspaceId, payload } of events) {
    if (name !== "contact.erased") continue;
    await endJoinsOf(tx, { workspaceId, contactId: payload.contactId });
    await revokeLinks(tx, { workspaceId, contactId: payload.contactId });
  }
  for (const { workspaceId, channelId, contactId, text } of await answerJoins(tx, await textsOf(tx, events))) {
    const content = { kind: "text", text } as const;
    const nothing = { replyTo: null, aboutWamid: null };
    const draft = { id: uuidv7(), channelId, contactId, content, category: "SERVICE", ...nothing } as const;
    await queueBySystem(tx, { workspaceId, now }, draft);
  }
}

/** The texts among these news that were said just now: no history, no edit, no caption. */
async function textsOf(tx: Tx, events: readonly EventOf<JoinNews>[]): Promise<SentText[]> {
  const ids = events.flatMap(({ name, workspaceId, payload }) =>
    name === "message.received" ? [{ workspaceId, id: payload.messageId }] : [],
  );
  if (ids.length === 0) return [];
  return tx.execute<SentText>(sql`
    select m.workspace_id as "workspaceId", m.id as "messageId", m.wamid, v.channel_id as "channelId",
      v.contact_id as "contactId", m.content ->> 'text' as text, m.at
    from jsonb_to_recordset(${rows(ids)}) as r("workspaceId" uuid, id uuid)
    join messaging_messages m on m.workspace_id = r."workspaceId" and m.id = r.id
    join messaging_conversations v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
    where m.direction = 'in' and m.opens_window and m.content ->> 'kind' = 'text'
    order by m.at, m.seq`);
}
