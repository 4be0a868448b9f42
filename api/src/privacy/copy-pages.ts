import type { MessageView } from "@aparte/core/message.ts";
import { plainText } from "@aparte/core/message-content.ts";
import { sql } from "drizzle-orm";
import { loadMessages } from "../messaging/read.ts";
import { isoTime } from "../platform/columns.ts";
import type { Database } from "../platform/db.ts";
import { listOf, type Subject } from "./copy-subject.ts";
import { maskOthers } from "./mask-others.ts";

/** So many rows are in memory at a time. */
const pageSize = 200;

/** Every message with the person, oldest first. */
export async function* messagesOf(
  database: Database,
  { workspaceId, contactIds }: Subject,
): AsyncGenerator<MessageView> {
  let after = { at: "-infinity", seq: "0" };
  for (;;) {
    const page = await database.system.transaction(async (tx) => {
      const found = await tx.execute<{ id: string; at: string; seq: string }>(sql`
        select m.id, m.at::text as at, m.seq::text as seq from messaging_messages m
        join messaging_conversations v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
        where m.workspace_id = ${workspaceId} and v.contact_id in (${listOf(contactIds)}) and m.about_wamid is null
          and (m.at, m.seq) > (${after.at}::timestamptz, ${after.seq}::bigint)
        order by m.at, m.seq limit ${pageSize}`);
      const ids = found.map(({ id }) => id);
      const byId = new Map((await loadMessages(tx, workspaceId, ids)).map((message) => [message.id, message]));
      return { last: found.at(-1), messages: ids.flatMap((id) => byId.get(id) ?? []) };
    });
    yield* page.messages;
    if (!page.last) return;
    after = page.last;
  }
}

/** A message as `messages.ndjson` tells it. */
export function messageLine(subject: Subject, message: MessageView): object {
  const content = maskOthers(message.content);
  const paths = new Map(subject.files.map(({ id, path }) => [id, path]));
  return {
    id: message.id,
    at: message.at,
    from: message.direction === "in" ? "person" : "firm",
    channel: subject.channels.get(message.conversationId) ?? null,
    writtenBy: message.direction === "in" ? null : subject.colleagues.alias(message.author),
    kind: content.kind,
    text: plainText(content),
    content,
    files: message.files.flatMap(({ id }) => paths.get(id) ?? []),
    state: message.state,
    deliveredAt: message.deliveredAt,
    readAt: message.readAt,
    editedAt: message.editedAt,
    replyTo: message.replyTo,
    reactions: message.reactions,
    context: message.context,
  };
}

/** What was done about the person, by whom: the log of news, the register of acts, who read what. */
export async function* auditOf(database: Database, subject: Subject): AsyncGenerator<object> {
  const { workspaceId, contactIds, colleagues } = subject;
  let after = { xid: "0", id: "0" };
  for (;;) {
    const found = await database.system.execute<{
      xid: string;
      id: string;
      name: string;
      actor: string | null;
      at: string;
    }>(sql`
      select e.xid::text as xid, e.id::text as id, e.name, e.actor, e.at from events e
      where e.workspace_id = ${workspaceId} and (e.xid, e.id) > (${after.xid}::xid8, ${after.id}::bigint)
        and (e.payload ->> 'contactId')::uuid in (${listOf(contactIds)})
      order by e.xid, e.id limit ${pageSize}`);
    for (const { name, actor, at } of found) yield { at: isoTime(at), what: name, by: colleagues.alias(actor) };
    const last = found.at(-1);
    if (!last) break;
    after = last;
  }
  const acts = await database.system.execute<{ kind: string; actor: string; at: string }>(sql`
    select kind, actor, at from privacy_acts
    where workspace_id = ${workspaceId} and contact_id in (${listOf(contactIds)}) order by at`);
  for (const { kind, actor, at } of acts)
    yield { at: isoTime(at), what: `privacy.${kind}`, by: colleagues.alias(actor) };
  const reads = await database.system.execute<{
    what: string;
    actor: string;
    at: string;
    until: string;
    count: number;
  }>(sql`
    select what, actor, first_at as at, last_at as until, count from privacy_reads
    where workspace_id = ${workspaceId} and contact_id in (${listOf(contactIds)}) order by first_at`);
  for (const { what, actor, at, until, count } of reads) {
    yield { at: isoTime(at), what: `read.${what}`, by: colleagues.alias(actor), until: isoTime(until), times: count };
  }
}
