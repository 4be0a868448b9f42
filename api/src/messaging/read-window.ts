import { freeEntryUntil, windowAt, type WindowView } from "@aparte/core/window.ts";
import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";

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
    where m.workspace_id = ${workspaceId} and m.conversation_id = ${conversationId} and m.opens_window
    order by m.at desc limit 1`);
  return windowAt(last ? new Date(last.second).toISOString() : null, now);
}

/** Until when messages cost nothing because an advertisement opened the conversation; null when it did not. */
export async function loadFreeEntry(
  tx: Tx,
  workspaceId: string,
  conversationId: string | null,
  now: Date,
): Promise<string | null> {
  if (conversationId === null) return null;
  const [row] = await tx.execute<{ cameAt: string; answeredAt: string | null }>(sql`
    select r.at as "cameAt", (
      select min(o.at) from messaging_messages o
      where o.workspace_id = r.workspace_id and o.conversation_id = r.conversation_id and o.direction = 'out'
        and o.wamid is not null and o.about_wamid is null and o.at >= r.at) as "answeredAt"
    from messaging_messages r
    where r.workspace_id = ${workspaceId} and r.conversation_id = ${conversationId} and r.context -> 'referral' <> 'null'
    order by r.at desc limit 1`);
  if (!row) return null;
  const iso = (time: string | null) => time && new Date(time).toISOString();
  return freeEntryUntil(iso(row.cameAt), iso(row.answeredAt), now);
}
