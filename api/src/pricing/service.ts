import { readRateCard, type Rate } from "@aparte/core/price.ts";
import type { Outcome } from "@aparte/core/result.ts";
import { refused } from "@aparte/core/result.ts";
import { sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";

/** The whole rate card, by country and category. */
export async function listRates(tx: Tx, workspaceId: string): Promise<Rate[]> {
  const found = await tx.execute<Rate>(sql`
    select country, category, amount, currency from pricing_rates where workspace_id = ${workspaceId}
    order by country, category`);
  return [...found];
}

/** The rates that can apply to people of one country. */
export async function ratesOf(tx: Tx, workspaceId: string, country: string | null): Promise<Rate[]> {
  const found = await tx.execute<Rate>(sql`
    select country, category, amount, currency from pricing_rates
    where workspace_id = ${workspaceId} and country in (${country ?? "*"}, '*')`);
  return [...found];
}

/** Puts a new rate card in the place of the old one. One unreadable line refuses it whole: half a card would mislead. */
export function replaceRates(ctx: MemberContext, text: string): Promise<Outcome<{ count: number }>> {
  const { workspaceId, userId } = ctx.actor;
  const { rates, problems } = readRateCard(text);
  if (problems.length > 0) {
    const lines = problems.slice(0, 20).map(({ line }) => line);
    return Promise.resolve(refused("pricing.card_unreadable", { lines: lines.join(", ") }));
  }
  const unique = [...new Map(rates.map((rate) => [`${rate.country} ${rate.category}`, rate])).values()];
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    await tx.execute(sql`delete from pricing_rates where workspace_id = ${workspaceId}`);
    await tx.execute(sql`
      insert into pricing_rates (workspace_id, country, category, amount, currency)
      select ${workspaceId}, r.country, r.category, r.amount, r.currency
      from jsonb_to_recordset(${rows(unique)}) as r(country text, category text, amount float8, currency text)`);
    await emit(tx, [{ name: "pricing.changed", workspaceId, actor: userId, payload: { count: unique.length } }]);
    return { ok: true, count: unique.length };
  });
}
