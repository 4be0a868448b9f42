import { until } from "@aparte/launch/until.ts";
import type postgres from "postgres";
import type { FenceFirm } from "./firm.ts";
import type { Percentiles } from "./percentiles.ts";

/** What our own books say when nothing is under way any more. */
export type Afterwards = {
  /** From the opt-out to the end of what was still queued for the person, in milliseconds. */
  readonly cancelled: Percentiles;
  /** Advertisements of people who opted out that ended otherwise than sent, stopped for that reason, or unknown with a worker. */
  readonly otherwise: number;
};

const patienceMs = 120_000;

/** Lets a lane without delays finish what is left, and reads the books. */
export async function afterwards(firm: FenceFirm, sql: postgres.Sql): Promise<Afterwards> {
  firm.tarry(0);
  await firm.employ({ workers: 0, inFlight: 1, slowestMs: 0, fenced: true });
  // Nobody holds a lease now, so that none need be waited for.
  await sql`update messaging_messages set lease_until = now() where lease_until > now()`;
  await firm.employ({ workers: 1, inFlight: 24, slowestMs: 0, fenced: true });
  await until(
    "the lane is empty",
    async () =>
      !(
        await sql`
    select from messaging_messages where state in ('queued', 'claimed', 'sending') limit 1`
      )[0],
    patienceMs,
  );
  const [cancelled] = await sql<Percentiles[]>`
    with out as (
      select contact_id, min(recorded_at) as at from consent_entries
      where purpose = 'marketing' and action = 'withdrawn' group by contact_id),
    stopped as (
      select extract(epoch from max(e.at) - out.at) * 1000 as ms
      from messaging_messages m
      join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
      join out on out.contact_id = c.contact_id
      join events e on e.workspace_id = m.workspace_id and e.name = 'message.changed' and e.payload ->> 'messageId' = m.id::text
        and e.payload ->> 'state' = 'failed'
      where m.category = 'MARKETING' and m.state = 'failed' group by m.id, out.at)
    select count(*)::int, coalesce(percentile_disc(0.5) within group (order by ms), 0)::float8 as p50,
      coalesce(percentile_disc(0.99) within group (order by ms), 0)::float8 as p99
    from stopped where ms > 0`;
  const [rest] = await sql<{ otherwise: number }[]>`
    select count(*)::int as otherwise from messaging_messages m
    where m.category = 'MARKETING' and m.direction = 'out'
      and m.state not in ('accepted', 'sent', 'delivered', 'read', 'unknown', 'unconfirmed')
      and m.failure_code is distinct from 'consent.opted_out'`;
  return { cancelled: cancelled ?? { p50: 0, p99: 0, count: 0 }, otherwise: rest?.otherwise ?? -1 };
}
