import { plainText, stateRank } from "@aparte/core/message.ts";
import { isOptOut } from "@aparte/core/opt-out-words.ts";
import type { MessageFact } from "@aparte/whatsapp/facts.ts";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { recordOptOuts } from "../consent/service.ts";
import { ensureContacts, type Identity } from "../contacts/service.ts";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { Placed } from "./placed.ts";

type Arrived = Placed<MessageFact> & { readonly contactId: string };
type Stored = {
  readonly workspaceId: string;
  readonly id: string;
  readonly conversationId: string;
  readonly wamid: string;
};

/**
 * Stores what people wrote: each wamid once, however often and in however many bodies it comes. Meta's time orders
 * them; a time in the future is taken as now, so that nobody holds a window open with a wrong clock. Meta tells whole
 * seconds and ours are finer, so a message stands at the end of its second, or where it came if that was earlier: an answer
 * never stands before what it answers.
 */
export async function applyMessages(tx: Tx, placed: readonly Placed<MessageFact>[]): Promise<void> {
  const unique = [...new Map(placed.map((item) => [`${item.workspaceId} ${item.fact.wamid}`, item])).values()];
  if (unique.length === 0) return;
  const directory = await ensureContacts(tx, unique.map(identityOf));
  const arrived: Arrived[] = unique.map((item) => {
    const contactId = directory.find(identityOf(item));
    if (contactId === null) throw new Error("A message has a sender who could not be stored.");
    return { ...item, contactId };
  });
  await ensureConversations(tx, arrived);
  const stored = await insertMessages(
    tx,
    arrived.toSorted((a, b) => a.fact.timestamp.localeCompare(b.fact.timestamp)),
  );
  const byWamid = new Map(arrived.map((item) => [`${item.workspaceId} ${item.fact.wamid}`, item]));
  const news = stored.flatMap((row) => {
    const item = byWamid.get(`${row.workspaceId} ${row.wamid}`);
    return item ? [{ row, item }] : [];
  });
  await emit(
    tx,
    news.map(({ row, item }) => ({
      name: "message.received" as const,
      workspaceId: row.workspaceId,
      payload: { messageId: row.id, conversationId: row.conversationId, contactId: item.contactId },
    })),
  );
  await recordOptOuts(
    tx,
    news
      .filter(({ item }) => asksToStop(item.fact))
      .map(({ row, item }) => ({
        workspaceId: row.workspaceId,
        contactId: item.contactId,
        method: "keyword" as const,
        occurredAt: item.fact.timestamp,
        wording: plainText(item.fact.content),
        evidence: { messageId: row.id },
        sourceKey: `message ${row.id}`,
      })),
  );
}

function identityOf({ workspaceId, fact }: Placed<MessageFact>): Identity {
  return { workspaceId, bsuid: fact.bsuid, waId: fact.from, profileName: fact.profileName };
}

function asksToStop({ content }: MessageFact): boolean {
  return (content.kind === "text" || content.kind === "button_reply") && isOptOut(content.text);
}

async function ensureConversations(tx: Tx, arrived: readonly Arrived[]): Promise<void> {
  const pairs = new Map(arrived.map((item) => [`${item.channelId} ${item.contactId}`, item]));
  const list = [...pairs.values()].map(({ workspaceId, channelId, contactId }) => ({
    workspaceId,
    channelId,
    contactId,
    id: uuidv7(),
  }));
  await tx.execute(sql`
    insert into messaging_conversations (workspace_id, id, channel_id, contact_id)
    select r."workspaceId", r.id, r."channelId", r."contactId"
    from jsonb_to_recordset(${rows(list)}) as r("workspaceId" uuid, id uuid, "channelId" uuid, "contactId" uuid)
    order by r."channelId", r."contactId"
    on conflict (workspace_id, channel_id, contact_id) do nothing`);
}

async function insertMessages(tx: Tx, arrived: readonly Arrived[]): Promise<Stored[]> {
  const list = arrived.map(({ workspaceId, channelId, contactId, fact }, place) => ({
    workspaceId,
    channelId,
    contactId,
    id: uuidv7(),
    wamid: fact.wamid,
    content: fact.content,
    at: fact.timestamp,
    quoted: fact.replyToWamid,
    place,
  }));
  return tx.execute<Stored>(sql`
    insert into messaging_messages (workspace_id, id, conversation_id, direction, content, state, state_rank, wamid, reply_to, at)
    select r."workspaceId", r.id, c.id, 'in', r.content, 'received', ${stateRank("received")}, r.wamid, q.id, least(r.at + interval '999 milliseconds', now())
    from jsonb_to_recordset(${rows(list)}) as r(
      "workspaceId" uuid, "channelId" uuid, "contactId" uuid, id uuid, wamid text, content jsonb, at timestamptz,
      quoted text, place integer)
    join messaging_conversations c
      on c.workspace_id = r."workspaceId" and c.channel_id = r."channelId" and c.contact_id = r."contactId"
    left join messaging_messages q on q.workspace_id = r."workspaceId" and q.wamid = r.quoted
    order by r.place
    on conflict (workspace_id, wamid) do nothing
    returning workspace_id as "workspaceId", id, conversation_id as "conversationId", wamid`);
}
