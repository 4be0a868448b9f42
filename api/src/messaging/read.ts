import { isErrorCode } from "@aparte/core/errors.ts";
import type { MessageContent } from "@aparte/core/message-content.ts";
import type { MessageContext, MessageState, MessageView } from "@aparte/core/message.ts";
import type { FileView } from "@aparte/core/media.ts";
import { sql, type SQL } from "drizzle-orm";
import { loadFiles } from "../media/service.ts";
import { rows, type Tx } from "../platform/db.ts";

type MessageRow = {
  readonly id: string;
  readonly conversationId: string;
  readonly direction: "in" | "out";
  readonly content: MessageContent;
  readonly context: MessageContext | null;
  readonly files: readonly string[];
  readonly reactions: MessageView["reactions"];
  readonly editedAt: string | null;
  readonly state: MessageState;
  readonly at: string;
  readonly deliveredAt: string | null;
  readonly readAt: string | null;
  readonly replyTo: string | null;
  readonly author: string | null;
  readonly failureCode: string | null;
  readonly failureDetails: string | null;
  readonly holdCode: string | null;
  readonly holdUntil: string | null;
};

const columns = sql`m.id, m.conversation_id as "conversationId", m.direction, coalesce(edit.content, m.content) as content,
  m.context, m.files || coalesce(edit.files, '{}') as files, coalesce(reactions.list, '[]') as reactions, edit.at as "editedAt",
  m.state, m.at, m.delivered_at as "deliveredAt", m.read_at as "readAt", coalesce(m.reply_to, quoted.id) as "replyTo", m.author,
  m.failure_code as "failureCode", m.failure_details as "failureDetails", m.hold_code as "holdCode", m.hold_until as "holdUntil"`;

/**
 * Edits and reactions are messages about a message. They are laid upon it when it is read, so that it does not matter which
 * came first: the writer's last edit, and the last reaction of each side. What a received message quotes is found likewise.
 */
const about = sql`
  left join messaging_messages quoted on quoted.workspace_id = m.workspace_id and quoted.wamid = m.quoted_wamid
  left join lateral (
    select e.content -> 'content' as content, e.files, e.at from messaging_messages e
    where e.workspace_id = m.workspace_id and e.about_wamid = m.wamid and e.direction = m.direction
      and e.content ->> 'kind' = 'edit' and m.content ->> 'kind' <> 'deleted'
    order by e.at desc, e.seq desc limit 1) edit on true
  left join lateral (
    select json_agg(json_build_object('emoji', r.emoji, 'from', case r.direction when 'in' then 'person' else 'us' end)
      order by r.at) as list
    from (
      select distinct on (r.direction) r.direction, r.content ->> 'emoji' as emoji, r.at from messaging_messages r
      where r.workspace_id = m.workspace_id and r.about_wamid = m.wamid and r.content ->> 'kind' = 'reaction'
        and r.state <> 'failed'
      order by r.direction, r.at desc, r.seq desc) r
    where r.emoji is not null) reactions on true`;

function toView(row: MessageRow, files: ReadonlyMap<string, FileView>): MessageView {
  return {
    id: row.id,
    conversationId: row.conversationId,
    direction: row.direction,
    author: row.author,
    content: row.content,
    context: row.context,
    files: row.files.flatMap((id) => files.get(id) ?? []),
    reactions: row.reactions,
    editedAt: row.editedAt && new Date(row.editedAt).toISOString(),
    state: row.state,
    at: new Date(row.at).toISOString(),
    deliveredAt: row.deliveredAt && new Date(row.deliveredAt).toISOString(),
    readAt: row.readAt && new Date(row.readAt).toISOString(),
    replyTo: row.replyTo,
    held:
      row.state === "queued" && row.holdUntil !== null && row.holdCode !== null && isErrorCode(row.holdCode)
        ? { until: new Date(row.holdUntil).toISOString(), because: row.holdCode }
        : null,
    failure:
      row.failureCode !== null && isErrorCode(row.failureCode)
        ? { code: row.failureCode, details: row.failureDetails }
        : null,
  };
}

async function select(tx: Tx, workspaceId: string, where: SQL, limit: SQL = sql``): Promise<MessageView[]> {
  const found = await tx.execute<MessageRow>(sql`
    select ${columns} from messaging_messages m ${about}
    where m.workspace_id = ${workspaceId} and m.about_wamid is null and ${where}
    order by m.at desc, m.seq desc ${limit}`);
  const files = await loadFiles(tx, workspaceId, [...new Set(found.flatMap((row) => row.files))]);
  return found.map((row) => toView(row, files));
}

export type Page = { readonly messages: readonly MessageView[]; readonly hasOlder: boolean };

/** A page of a conversation in reading order, ending before the message `before` or at the newest one. */
export async function loadPage(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  page: { readonly before: string | null; readonly limit: number },
): Promise<Page> {
  const older =
    page.before === null
      ? sql`true`
      : sql`(m.at, m.seq) < (select b.at, b.seq from messaging_messages b where b.workspace_id = ${workspaceId} and b.id = ${page.before})`;
  const where = sql`m.conversation_id = ${conversationId} and ${older}`;
  const found = await select(tx, workspaceId, where, sql`limit ${page.limit + 1}`);
  return { messages: found.slice(0, page.limit).toReversed(), hasOlder: found.length > page.limit };
}

/** Messages by id, oldest first; an edit or a reaction answers with the message that it is about, unknown ids with none. */
export async function loadMessages(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<MessageView[]> {
  // Found by id first, so that either way leads through an index.
  const found = await tx.execute<{ id: string }>(sql`
    select coalesce(t.id, a.id) as id
    from jsonb_to_recordset(${rows(ids.map((id) => ({ id })))}) as r(id uuid)
    join messaging_messages a on a.workspace_id = ${workspaceId} and a.id = r.id
    left join messaging_messages t on t.workspace_id = a.workspace_id and t.wamid = a.about_wamid`);
  const meant = sql`array(select r.id from jsonb_to_recordset(${rows(found)}) as r(id uuid))`;
  return (await select(tx, workspaceId, sql`m.id = any(${meant})`)).toReversed();
}

/** Messages that show one of these files, oldest first. */
export async function loadMessagesWithFiles(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  fileIds: readonly string[],
): Promise<MessageView[]> {
  const wanted = sql`array(select r.id from jsonb_to_recordset(${rows(fileIds.map((id) => ({ id })))}) as r(id text))`;
  return (
    await select(tx, workspaceId, sql`m.conversation_id = ${conversationId} and m.files && ${wanted}`)
  ).toReversed();
}

/** All messages of a conversation from `since` on, oldest first: what a CRM log is written from. */
export async function loadMessagesSince(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  since: string,
): Promise<MessageView[]> {
  const where = sql`m.conversation_id = ${conversationId} and m.at >= ${since}`;
  return (await select(tx, workspaceId, where)).toReversed();
}

export async function findConversation(
  tx: Tx,
  workspaceId: string,
  channelId: string,
  contactId: string,
): Promise<string | null> {
  const [row] = await tx.execute<{ id: string }>(sql`
    select id from messaging_conversations
    where workspace_id = ${workspaceId} and channel_id = ${channelId} and contact_id = ${contactId}`);
  return row?.id ?? null;
}
