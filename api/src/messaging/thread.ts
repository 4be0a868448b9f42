import type { MessageView } from "@aparte/core/message.ts";
import { sql, type SQL } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import { loadMessages } from "./read.ts";

/** The keys of a content whose values people read; the others are ids and kinds. */
const readable =
  "text|caption|fileName|name|address|body|footer|header|title|description|value|number|email|organization|productId";

/** Whether a content says all of the words that `patterns` (an array of text) stands for. */
function says(content: SQL): SQL {
  const path = `$.** ? (@.type() == "object").keyvalue() ? (@.key like_regex "^(${readable})$").value ? (@.type() == "string")`;
  return sql`(select string_agg(t #>> '{}', ' ') from jsonb_path_query(${content}, ${path}::jsonpath) t)
    ilike all (w.patterns)`;
}

export type ThreadQuestion = {
  readonly contactIds: readonly string[];
  /** Words that a message must say; null for all messages. */
  readonly words: string | null;
  /** Id of the message before which the page ends; null for the newest one. */
  readonly before: string | null;
  readonly limit: number;
};

export type ThreadPage = {
  readonly messages: readonly { readonly contactId: string; readonly message: MessageView }[];
  readonly hasMore: boolean;
};

/**
 * The conversations of several people as one, in reading order. Each conversation gives its own last messages by its index, so
 * that the cost follows the people and the page, never the size of the table; a search reads their messages from the newest on.
 */
export async function loadThread(tx: Tx, workspaceId: string, question: ThreadQuestion): Promise<ThreadPage> {
  const { contactIds, words, before, limit } = question;
  const patterns = (words ?? "").split(/\s+/).filter(Boolean);
  const asked = rows([{ contactIds, patterns: patterns.map((word) => `%${word.replaceAll(/[\\%_]/g, "\\$&")}%`) }]);
  const spoken = sql`(${says(sql`m.content`)} or exists (
    select from messaging_messages e where e.workspace_id = m.workspace_id and e.about_wamid = m.wamid
      and e.direction = m.direction and e.content ->> 'kind' = 'edit' and ${says(sql`e.content`)}))`;
  const found = await tx.execute<{ id: string; contactId: string }>(sql`
    with w as materialized (select * from jsonb_to_recordset(${asked}) as r("contactIds" uuid[], patterns text[]))
    select x.id, v.contact_id as "contactId" from w
    join messaging_conversations v on v.workspace_id = ${workspaceId} and v.contact_id = any(w."contactIds")
    cross join lateral (
      select m.id, m.at, m.seq from messaging_messages m
      where m.workspace_id = v.workspace_id and m.conversation_id = v.id and m.about_wamid is null
        and ${before === null ? sql`true` : olderThan(workspaceId, before)}
        and ${patterns.length === 0 ? sql`true` : spoken}
      order by m.at desc, m.seq desc limit ${limit + 1}) x
    order by x.at desc, x.seq desc limit ${limit + 1}`);
  const page = found.slice(0, limit).toReversed();
  const messages = await loadMessages(
    tx,
    workspaceId,
    page.map(({ id }) => id),
  );
  const byId = new Map(messages.map((message) => [message.id, message]));
  return {
    messages: page.flatMap(({ id, contactId }) => {
      const message = byId.get(id);
      return message ? [{ contactId, message }] : [];
    }),
    hasMore: found.length > limit,
  };
}

function olderThan(workspaceId: string, before: string): SQL {
  return sql`(m.at, m.seq) < (
    select b.at, b.seq from messaging_messages b where b.workspace_id = ${workspaceId} and b.id = ${before})`;
}
