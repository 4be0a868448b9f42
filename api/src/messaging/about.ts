import { sql } from "drizzle-orm";
import { forgetFiles, type FileRef } from "../media/forget.ts";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";

type Row = { readonly workspaceId: string; readonly wamid: string };

/**
 * Blanks messages that their writer took back, whichever of the two came first, with their edits: what somebody deleted is
 * not kept here either, nor the files that no other message shows. Only the writer's own side can delete.
 */
export async function forgetDeleted(tx: Tx, stored: readonly Row[]): Promise<void> {
  if (stored.length === 0) return;
  const unseen = await tx.execute<FileRef>(sql`
    with fresh as (
      select m.workspace_id, m.wamid, m.about_wamid, m.direction, m.content ->> 'kind' as kind
      from jsonb_to_recordset(${rows(stored)}) as r("workspaceId" uuid, wamid text)
      join messaging_messages m on m.workspace_id = r."workspaceId" and m.wamid = r.wamid),
    targets as (
      select workspace_id, about_wamid as wamid, direction from fresh where kind = 'deleted' and about_wamid is not null
      union
      select d.workspace_id, d.about_wamid, d.direction from fresh f
      join messaging_messages d on d.workspace_id = f.workspace_id and d.about_wamid in (f.wamid, f.about_wamid)
        and d.direction = f.direction and d.content ->> 'kind' = 'deleted'),
    doomed as (
      select m.workspace_id, m.id, m.files from targets t join messaging_messages m
        on m.workspace_id = t.workspace_id and m.direction = t.direction and m.content ->> 'kind' <> 'deleted'
        and (m.wamid = t.wamid or (m.about_wamid = t.wamid and m.content ->> 'kind' = 'edit'))),
    blanked as (
      update messaging_messages m set content = '{"kind": "deleted"}', files = '{}', context = null
      from doomed d where m.workspace_id = d.workspace_id and m.id = d.id)
    select d.workspace_id as "workspaceId", f.id from doomed d cross join unnest(d.files) as f(id)
    where not exists (
      select from messaging_messages o
      where o.workspace_id = d.workspace_id and o.files @> array[f.id] and o.id <> d.id)`);
  await forgetFiles(tx, unseen);
}

/** Tells of the messages that these are about: they look different now. */
export async function announceChanged(tx: Tx, stored: readonly Row[]): Promise<void> {
  if (stored.length === 0) return;
  const changed = await tx.execute<{
    readonly workspaceId: string;
    readonly messageId: string;
    readonly conversationId: string;
    readonly contactId: string;
  }>(sql`
    select distinct t.workspace_id as "workspaceId", t.id as "messageId", t.conversation_id as "conversationId",
      c.contact_id as "contactId"
    from jsonb_to_recordset(${rows(stored)}) as r("workspaceId" uuid, wamid text)
    join messaging_messages m on m.workspace_id = r."workspaceId" and m.wamid = r.wamid
    join messaging_messages t on t.workspace_id = m.workspace_id and t.wamid = m.about_wamid
    join messaging_conversations c on c.workspace_id = t.workspace_id and c.id = t.conversation_id`);
  await emit(
    tx,
    changed.map(({ workspaceId, ...payload }) => ({ name: "message.edited" as const, workspaceId, payload })),
  );
}
