import { stateRank } from "@aparte/core/message.ts";
import { sql } from "drizzle-orm";
import type { Fingerprint } from "../contacts/fingerprint.ts";
import { forgetFiles } from "../media/forget.ts";
import { rows, type Tx } from "../platform/db.ts";
import { erasedWamid } from "./erased-news.ts";
import { samePerson } from "../contacts/same-person.ts";

type Person = { readonly workspaceId: string; readonly contactId: string };

/** What stays of a message whose words are gone: limits and prices are computed from it. */
export const overwritten = sql`content = '{"kind": "deleted"}', files = '{}', context = null, failure_details = null`;

/**
 * Overwrites all that was said with a person, and gives up their files. That something was said, and when, stays: limits and
 * prices are computed from it. What waits to be sent is not sent any more. Meta's ids of the messages hold the person's number,
 * so only their fingerprints are kept.
 */
export async function eraseConversations(
  tx: Tx,
  { workspaceId, contactId }: Person,
  fingerprint: Fingerprint,
): Promise<void> {
  const theirs = sql`m.workspace_id = ${workspaceId} and m.conversation_id in (
    select id from messaging_conversations
    where workspace_id = ${workspaceId} and contact_id = any(${samePerson({ workspaceId, contactId })}))`;
  const files = await tx.execute<{ id: string }>(sql`
    select distinct f.id from messaging_messages m, unnest(m.files) as f(id)
    where ${theirs} and m.files <> '{}' and not exists (
      select from messaging_messages o where o.workspace_id = ${workspaceId} and o.files @> array[f.id]
        and o.conversation_id <> m.conversation_id and not exists (
          select from messaging_messages m where m.id = o.id and ${theirs}))`);
  await tx.execute(sql`
    update messaging_messages m set ${overwritten},
      state = case when m.state in ('queued', 'claimed') then 'failed' else m.state end,
      state_rank = case when m.state in ('queued', 'claimed') then ${stateRank("failed")} else m.state_rank end,
      failure_code = case when m.state in ('queued', 'claimed') then 'consent.opted_out' else m.failure_code end
    where ${theirs}`);
  const told = await tx.execute<{ wamid: string }>(sql`
    select distinct w.wamid from messaging_messages m, unnest(array[m.wamid, m.quoted_wamid, m.about_wamid]) as w(wamid)
    where ${theirs} and w.wamid is not null`);
  const prints = rows(told.map(({ wamid }) => ({ wamid, print: erasedWamid(fingerprint, workspaceId, wamid) })));
  for (const column of [sql`wamid`, sql`quoted_wamid`, sql`about_wamid`]) {
    await tx.execute(sql`
      update messaging_messages m set ${column} = r.print
      from jsonb_to_recordset(${prints}) as r(wamid text, print text) where ${theirs} and m.${column} = r.wamid`);
  }
  await tx.execute(sql`
    update messaging_statuses s set wamid = r.print, error = s.error - 'details' - 'title' - 'message'
    from jsonb_to_recordset(${prints}) as r(wamid text, print text)
    where s.workspace_id = ${workspaceId} and s.wamid = r.wamid`);
  await forgetFiles(
    tx,
    files.map(({ id }) => ({ workspaceId, id })),
  );
}

/** Removes raw news that say one of these texts and were kept because they were not understood. */
export async function eraseUnknownFacts(tx: Tx, workspaceId: string, texts: readonly string[]): Promise<void> {
  await tx.execute(sql`
    delete from messaging_unknown_facts f using jsonb_to_recordset(${rows(texts.map((text) => ({ text })))}) as r(text text)
    where f.workspace_id = ${workspaceId} and position(r.text in f.payload::text) > 0`);
}
