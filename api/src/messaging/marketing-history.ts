import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";

/** How far back marketing to a person counts. */
const daysBack = 30;
/** More than any cap lets through; so many of one number are looked at. */
const mostPerNumber = 1000;
/** Hours without marketing after Meta held one back (error 131049: do not repeat before); doubles with each further one. */
const firstRestHours = 24;
/** Meta's error for marketing that it held back from a person ("healthy ecosystem engagement"). */
const heldBack = "131049";

export type MarketingHistory = {
  readonly marketingSentAt: readonly string[];
  readonly unreadInARow: number;
  readonly marketingRestsUntil: string | null;
};

type Row = {
  readonly leftAt: string;
  readonly state: string;
  /** When Meta told that it held the message back. */
  readonly heldAt: string | null;
  readonly arrived: boolean;
  readonly read: boolean;
  readonly wroteSince: boolean;
};

/**
 * What a person was sent of marketing lately, over all numbers of the workspace. It costs what one person was sent, however
 * many messages there are.
 */
export async function loadMarketingHistory(
  tx: Tx,
  { workspaceId, contactId }: { readonly workspaceId: string; readonly contactId: string },
  now: Date,
): Promise<MarketingHistory> {
  const since = new Date(now.getTime() - daysBack * 86_400_000).toISOString();
  const found = await tx.execute<Row>(sql`
    with theirs as materialized (
      select c.id, (
        select m.at from messaging_messages m
        where m.workspace_id = c.workspace_id and m.conversation_id = c.id and m.opens_window
        order by m.at desc limit 1) as wrote_at
      from messaging_conversations c where c.workspace_id = ${workspaceId} and c.contact_id = ${contactId})
    select m.left_at as "leftAt", m.state, m.delivered_at is not null as arrived, m.read_at is not null as read,
      coalesce(m.left_at < (select max(wrote_at) from theirs), false) as "wroteSince",
      case when m.state = 'failed' then (
        select s.at from messaging_statuses s
        where s.workspace_id = ${workspaceId} and s.wamid = m.wamid and s.state = 'failed' and s.error ->> 'code' = ${heldBack})
      end as "heldAt"
    from theirs cross join lateral (
      select n.left_at, n.state, n.wamid, n.delivered_at, n.read_at from messaging_messages n
      where n.workspace_id = ${workspaceId} and n.conversation_id = theirs.id and n.category = 'MARKETING' and n.left_at > ${since}
      order by n.left_at desc limit ${mostPerNumber}) m
    order by m.left_at desc`);
  const mayHaveArrived = found.filter(({ state }) => !["failed", "queued", "claimed"].includes(state));
  const ignored = mayHaveArrived.findIndex(({ read, wroteSince }) => read || wroteSince);
  const sinceThen = ignored === -1 ? mayHaveArrived : mayHaveArrived.slice(0, ignored);
  return {
    marketingSentAt: mayHaveArrived.map(({ leftAt }) => new Date(leftAt).toISOString()),
    unreadInARow: sinceThen.filter(({ arrived }) => arrived).length,
    marketingRestsUntil: restsUntil(found),
  };
}

/** Meta's rest counts from the last message that it held back, and doubles with each since one arrived. Newest first. */
function restsUntil(found: readonly Row[]): string | null {
  const lastArrived = found.findIndex(({ arrived }) => arrived);
  const held = found.slice(0, lastArrived === -1 ? found.length : lastArrived).flatMap(({ heldAt }) => heldAt ?? []);
  const [last] = held;
  if (last === undefined) return null;
  return new Date(Date.parse(last) + firstRestHours * 2 ** (held.length - 1) * 3_600_000).toISOString();
}
