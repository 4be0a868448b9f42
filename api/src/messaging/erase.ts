import { stateRank } from "@aparte/core/message.ts";
import { sql } from "drizzle-orm";
import { forgetFiles } from "../media/forget.ts";
import { rows, type Tx } from "../platform/db.ts";

type Person = { readonly workspaceId: string; readonly contactId: string };

/**
 * Overwrites all that was said with a person, and gives up their files. That something was said, and when, stays: limits and
 * prices are computed from it. What waits to be sent is not sent any more.
 */
export async function eraseConversations(tx: Tx, { workspaceId, contactId }: Person): Promise<void> {
  const theirs = sql`m.workspace_id = ${workspaceId} and m.conversation_id in (
    select v.id from messaging_conversations v join contacts c on c.workspace_id = v.workspace_id and c.id = v.contact_id
    where v.workspace_id = ${workspaceId} and (c.id = ${contactId} or c.merged_into = ${contactId}))`;
  const files = await tx.execute<{ id: string }>(sql`
    select distinct unnest(m.files) as id from messaging_messages m where ${theirs} and m.files <> '{}'`);
  await tx.execute(sql`
    update messaging_messages m set content = '{"kind": "deleted"}', files = '{}', context = null, failure_details = null,
      state = case when m.state in ('queued', 'claimed') then 'failed' else m.state end,
      state_rank = case when m.state in ('queued', 'claimed') then ${stateRank("failed")} else m.state_rank end,
      failure_code = case when m.state in ('queued', 'claimed') then 'consent.opted_out' else m.failure_code end
    where ${theirs}`);
  await forgetFiles(
    tx,
    files.map(({ id }) => ({ workspaceId, id })),
  );
}

/** Removes raw news that say one of these numbers or ids and were kept because they were not understood. */
export async function eraseUnknownFacts(tx: Tx, workspaceId: string, names: readonly string[]): Promise<void> {
  await tx.execute(sql`
    delete from messaging_unknown_facts f using jsonb_to_recordset(${rows(names.map((name) => ({ name })))}) as r(name text)
    where f.workspace_id = ${workspaceId} and position(r.name in f.payload::text) > 0`);
}
