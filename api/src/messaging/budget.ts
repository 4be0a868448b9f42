import { sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import type { Claimed } from "./lane-claim.ts";

export type BudgetPlace = {
  readonly workspaceId: string;
  /** ISO 4217. A budget in another currency starts anew. */
  readonly currency: string;
};

/** First day of the calendar month (UTC) that `now` is in. */
function monthOf(now: Date): string {
  return `${now.toISOString().slice(0, 7)}-01`;
}

/** What was spent this month. */
export async function loadSpent(tx: Tx, { workspaceId, currency }: BudgetPlace, now: Date): Promise<number> {
  const [row] = await tx.execute<{ spent: number }>(sql`
    select spent from messaging_budgets
    where workspace_id = ${workspaceId} and month = ${monthOf(now)} and currency = ${currency}`);
  return row?.spent ?? 0;
}

/**
 * What was spent this month, kept as it is until the transaction ends: whoever wants to spend asks here last, so that two
 * cannot both take what is left.
 */
export async function holdSpent(tx: Tx, { workspaceId, currency }: BudgetPlace, now: Date): Promise<number> {
  const [row] = await tx.execute<{ spent: number }>(sql`
    insert into messaging_budgets as b (workspace_id, month, currency) values (${workspaceId}, ${monthOf(now)}, ${currency})
    on conflict (workspace_id, month) do update set currency = excluded.currency,
      spent = case when b.currency = excluded.currency then b.spent else 0 end
    returning spent`);
  return row?.spent ?? 0;
}

/** Adds what a message costs to the month, and to the message, so that it can be given back. */
export async function spend(tx: Tx, claimed: Claimed, cost: number, now: Date): Promise<void> {
  const { workspaceId, id, attempt } = claimed;
  await tx.execute(sql`
    with message as (
      update messaging_messages set charged = ${cost}
      where workspace_id = ${workspaceId} and id = ${id} and attempt = ${attempt} and state = 'claimed' returning 1)
    update messaging_budgets set spent = spent + ${cost}
    where workspace_id = ${workspaceId} and month = ${monthOf(now)} and exists (select from message)`);
}

/** Gives back what messages took that surely did not leave or arrive. */
export async function giveBack(
  tx: Tx,
  messages: readonly { readonly workspaceId: string; readonly id: string }[],
): Promise<void> {
  await tx.execute(sql`
    with charged as (
      select m.workspace_id, m.id, m.charged, date_trunc('month', m.left_at at time zone 'utc')::date as month
      from jsonb_to_recordset(${rows(messages)}) as r("workspaceId" uuid, id uuid)
      join messaging_messages m on m.workspace_id = r."workspaceId" and m.id = r.id and m.charged > 0
      order by m.workspace_id, m.id for update of m),
    cleared as (
      update messaging_messages m set charged = 0 from charged c where m.workspace_id = c.workspace_id and m.id = c.id)
    update messaging_budgets b set spent = greatest(b.spent - g.back, 0)
    from (select workspace_id, month, sum(charged) as back from charged group by workspace_id, month) g
    where b.workspace_id = g.workspace_id and b.month = g.month`);
}
