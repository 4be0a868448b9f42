import { stateRank, type MessageState } from "@aparte/core/message.ts";
import { sql } from "drizzle-orm";
import type { Database, Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";

/** Healthy time after which a lost answer is shown as such, in seconds. */
const unconfirmedAfter = 60;
/** Healthy time after which a utility message is sent once more, in seconds. */
const resendAfter = 15 * 60;

type Swept = {
  readonly workspaceId: string;
  readonly id: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly state: "queued" | "unknown" | "unconfirmed";
};

/**
 * Finishes what a dead worker or a lost answer left open.
 *
 * - A claim without a lease never reached the wire: it is free again.
 * - A send without a lease may have: its outcome is unknown.
 * - Unknown: marketing, codes and a rep's reply are at most once, so a person decides (`unconfirmed`). A utility message
 *   is sent once more after fifteen minutes. Only time in which webhooks could have told us counts (`webhook_health`).
 */
export function sweepMessages(database: Database): Promise<void> {
  return database.system.transaction(async (tx) => {
    const swept = [...(await sweepLeases(tx)), ...(await sweepUnknown(tx))];
    await emit(
      tx,
      swept.map(({ workspaceId, id, conversationId, contactId, state }) => ({
        name: "message.changed" as const,
        workspaceId,
        payload: { messageId: id, conversationId, contactId, state },
      })),
    );
  });
}

/** Inside a CASE Postgres cannot see the column's type, so the parameter names it. */
const rank = (state: MessageState) => sql`${stateRank(state)}::smallint`;

const returning = sql`returning m.workspace_id as "workspaceId", m.id, m.conversation_id as "conversationId",
  c.contact_id as "contactId", m.state`;

function sweepLeases(tx: Tx): Promise<Swept[]> {
  return tx.execute<Swept>(sql`
    update messaging_messages m set
      state = case when m.state = 'claimed' then 'queued' else 'unknown' end,
      state_rank = case when m.state = 'claimed' then ${rank("queued")} else ${rank("unknown")} end,
      next_attempt_at = now(), lease_until = null,
      unknown_since_healthy = case when m.state = 'sending' then h.healthy_seconds end
    from messaging_conversations c, webhook_health h
    where m.state in ('claimed', 'sending') and m.lease_until < now()
      and c.workspace_id = m.workspace_id and c.id = m.conversation_id
    ${returning}`);
}

function sweepUnknown(tx: Tx): Promise<Swept[]> {
  // What was overwritten, because its person was forgotten, has no words left to send.
  const again = sql`(m.category = 'UTILITY' and not m.resent and m.content <> '{"kind": "deleted"}')`;
  return tx.execute<Swept>(sql`
    update messaging_messages m set
      state = case when ${again} then 'queued' else 'unconfirmed' end,
      state_rank = case when ${again} then ${rank("queued")} else ${rank("unconfirmed")} end,
      resent = m.resent or ${again}, next_attempt_at = now(),
      failure_code = case when ${again} then null else 'messaging.unconfirmed' end
    from messaging_conversations c, webhook_health h
    where m.state = 'unknown' and c.workspace_id = m.workspace_id and c.id = m.conversation_id
      and h.healthy_seconds - m.unknown_since_healthy
        >= case when ${again} then ${resendAfter}::float8 else ${unconfirmedAfter}::float8 end
    ${returning}`);
}

/** A process that takes webhooks may be away this long between two ticks and still count as well. */
const tickGapSeconds = 15;
/** With a delivery waiting longer than this, projection is behind and silence proves nothing. */
const backlogSeconds = 10;

/** Lets healthy time pass: called every few seconds by the process that takes webhooks. */
export async function tickHealth(database: Database): Promise<void> {
  await database.system.execute(sql`
    update webhook_health set ticked_at = now(), healthy_seconds = healthy_seconds + case
      when now() - ticked_at > make_interval(secs => ${tickGapSeconds}) then 0
      when exists (
        select from webhook_deliveries
        where projected_at is null and received_at < now() - make_interval(secs => ${backlogSeconds})) then 0
      else extract(epoch from now() - ticked_at) end`);
}
