import { isErrorCode } from "@aparte/core/errors.ts";
import type { MessageContent, MessageState, MessageView } from "@aparte/core/message.ts";
import { windowAt, type WindowView } from "@aparte/core/window.ts";
import { sql, type SQL } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";

type MessageRow = {
  readonly id: string;
  readonly conversationId: string;
  readonly direction: "in" | "out";
  readonly content: MessageContent;
  readonly state: MessageState;
  readonly at: string;
  readonly deliveredAt: string | null;
  readonly readAt: string | null;
  readonly replyTo: string | null;
  readonly author: string | null;
  readonly failureCode: string | null;
  readonly failureDetails: string | null;
};

const columns = sql`m.id, m.conversation_id as "conversationId", m.direction, m.content, m.state, m.at,
  m.delivered_at as "deliveredAt", m.read_at as "readAt", m.reply_to as "replyTo", m.author,
  m.failure_code as "failureCode", m.failure_details as "failureDetails"`;

function toView(row: MessageRow): MessageView {
  return {
    id: row.id,
    conversationId: row.conversationId,
    direction: row.direction,
    author: row.author,
    content: row.content,
    state: row.state,
    at: new Date(row.at).toISOString(),
    deliveredAt: row.deliveredAt && new Date(row.deliveredAt).toISOString(),
    readAt: row.readAt && new Date(row.readAt).toISOString(),
    replyTo: row.replyTo,
    failure:
      row.failureCode !== null && isErrorCode(row.failureCode)
        ? { code: row.failureCode, details: row.failureDetails }
        : null,
  };
}

async function select(tx: Tx, where: SQL, limit: SQL = sql``): Promise<MessageView[]> {
  const found = await tx.execute<MessageRow>(
    sql`select ${columns} from messaging_messages m where ${where} order by m.at desc, m.seq desc ${limit}`,
  );
  return found.map(toView);
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
  const where = sql`m.workspace_id = ${workspaceId} and m.conversation_id = ${conversationId} and ${older}`;
  const found = await select(tx, where, sql`limit ${page.limit + 1}`);
  return { messages: found.slice(0, page.limit).toReversed(), hasOlder: found.length > page.limit };
}

/** Messages by id, oldest first; ids that do not exist are left out. */
export async function loadMessages(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<MessageView[]> {
  const wanted = sql`m.id in (select r.id from jsonb_to_recordset(${rows(ids.map((id) => ({ id })))}) as r(id uuid))`;
  return (await select(tx, sql`m.workspace_id = ${workspaceId} and ${wanted}`)).toReversed();
}

/** All messages of a conversation from `since` on, oldest first: what a CRM log is written from. */
export async function loadMessagesSince(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  since: string,
): Promise<MessageView[]> {
  const where = sql`m.workspace_id = ${workspaceId} and m.conversation_id = ${conversationId} and m.at >= ${since}`;
  return (await select(tx, where)).toReversed();
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

/**
 * The window of a conversation, computed from its messages: there is no second copy that could disagree. It counts from the
 * whole second that Meta told.
 */
export async function loadWindow(
  tx: Tx,
  workspaceId: string,
  conversationId: string | null,
  now: Date,
): Promise<WindowView> {
  if (conversationId === null) return windowAt(null, now);
  const [last] = await tx.execute<{ second: string }>(sql`
    select date_trunc('second', m.at) as second from messaging_messages m
    where m.workspace_id = ${workspaceId} and m.conversation_id = ${conversationId} and m.direction = 'in'
    order by m.at desc limit 1`);
  return windowAt(last ? new Date(last.second).toISOString() : null, now);
}
