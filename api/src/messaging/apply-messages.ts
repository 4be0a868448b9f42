import { isAboutAnother } from "@aparte/core/message-content.ts";
import { stateRank } from "@aparte/core/message.ts";
import type { MessageFact } from "@aparte/whatsapp/facts.ts";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { registerReceived } from "../media/service.ts";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import { announceChanged, forgetDeleted } from "./about.ts";
import { applySignals } from "./apply-signals.ts";
import { settleStatuses } from "./apply-statuses.ts";
import type { Personal } from "./placed.ts";

type Arrived = Personal<MessageFact>;
type Stored = {
  readonly workspaceId: string;
  readonly id: string;
  readonly conversationId: string;
  readonly wamid: string;
};
type News = { readonly row: Stored; readonly item: Arrived };

/**
 * Stores what people wrote, and what colleagues wrote on the phone: each wamid once, however often and in however many
 * bodies it comes. Meta's time orders them; a time in the future is taken as now, so that nobody holds a window open with a
 * wrong clock. Meta tells whole seconds and ours are finer, so a message stands at the end of its second, or where it came
 * if that was earlier: an answer never stands before what it answers.
 */
export async function applyMessages(tx: Tx, told: readonly Arrived[], now: Date): Promise<void> {
  const unique = [...new Map(told.map((item) => [keyOf(item.workspaceId, item.fact.wamid), item])).values()];
  if (unique.length === 0) return;
  await ensureConversations(tx, unique);
  const stored = await insertMessages(
    tx,
    unique.toSorted((a, b) => a.fact.timestamp.localeCompare(b.fact.timestamp)),
  );
  const byWamid = new Map(unique.map((item) => [keyOf(item.workspaceId, item.fact.wamid), item]));
  const news = stored.flatMap((row): News[] => {
    const item = byWamid.get(keyOf(row.workspaceId, row.wamid));
    return item ? [{ row, item }] : [];
  });
  await fetchFiles(tx, news);
  await forgetDeleted(tx, stored);
  await announceReceived(tx, news);
  await announceChanged(tx, stored);
  // Statuses of what was written on the phone may have come before it.
  await settleStatuses(
    tx,
    news.filter(({ item }) => item.fact.direction === "out").map(({ row }) => row),
  );
  await applySignals(
    tx,
    news.map(({ row, item }) => ({ ...item, messageId: row.id })),
    now,
  );
}

function keyOf(workspaceId: string, wamid: string): string {
  return `${workspaceId} ${wamid}`;
}

/** History is only imported: it is no news to anybody. */
async function announceReceived(tx: Tx, news: readonly News[]): Promise<void> {
  const live = news.filter(({ item: { fact } }) => fact.source !== "history" && fact.aboutWamid === null);
  await emit(
    tx,
    live.map(({ row, item }) => ({
      name: item.fact.direction === "in" ? ("message.received" as const) : ("message.echoed" as const),
      workspaceId: row.workspaceId,
      payload: { messageId: row.id, conversationId: row.conversationId, contactId: item.contactId },
    })),
  );
}

/** The window opens by what a person says now: not by a reaction, an edit, a notice of WhatsApp's own, or history. */
function opensWindow({ direction, source, content, aboutWamid }: MessageFact): boolean {
  return direction === "in" && source === "live" && aboutWamid === null && content.kind !== "notice";
}

async function fetchFiles(tx: Tx, news: readonly News[]): Promise<void> {
  await registerReceived(
    tx,
    news.flatMap(({ item: { workspaceId, channelId, fact } }) =>
      fact.files.map(({ id, mimeType, sha256, fileName }) => ({
        workspaceId,
        channelId,
        id,
        mimeType,
        sha256,
        fileName,
        receivedAt: fact.timestamp,
      })),
    ),
  );
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
  const list = arrived.map(({ workspaceId, channelId, contactId, fact }, place) => {
    const state = fact.direction === "in" ? "received" : (fact.state ?? "sent");
    return {
      workspaceId,
      channelId,
      contactId,
      id: uuidv7(),
      direction: fact.direction,
      state,
      rank: stateRank(state),
      wamid: fact.wamid,
      content: fact.content,
      context: fact.context,
      files: fact.files.map(({ id }) => id),
      at: fact.timestamp,
      quoted: fact.replyToWamid,
      about: isAboutAnother(fact.content) || fact.content.kind === "deleted" ? fact.aboutWamid : null,
      opens: opensWindow(fact),
      place,
    };
  });
  return tx.execute<Stored>(sql`
    insert into messaging_messages (workspace_id, id, conversation_id, direction, content, context, files, state, state_rank, wamid,
      quoted_wamid, about_wamid, opens_window, at)
    select r."workspaceId", r.id, c.id, r.direction, r.content, r.context, r.files, r.state, r.rank, r.wamid, r.quoted, r.about,
      r.opens, least(r.at + interval '999 milliseconds', now())
    from jsonb_to_recordset(${rows(list)}) as r(
      "workspaceId" uuid, "channelId" uuid, "contactId" uuid, id uuid, direction text, state text, rank smallint, wamid text,
      content jsonb, context jsonb, files text[], at timestamptz, quoted text, about text, opens boolean, place integer)
    join messaging_conversations c
      on c.workspace_id = r."workspaceId" and c.channel_id = r."channelId" and c.contact_id = r."contactId"
    order by r.place
    on conflict (workspace_id, wamid) do nothing
    returning workspace_id as "workspaceId", id, conversation_id as "conversationId", wamid`);
}
