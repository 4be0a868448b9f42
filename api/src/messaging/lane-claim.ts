import { stateRank } from "@aparte/core/message.ts";
import type { SendOrigin } from "@aparte/core/send-decision.ts";
import { sql } from "drizzle-orm";
import type { Database, Tx } from "../platform/db.ts";

export type Claimed = {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly contactId: string;
  readonly conversationId: string;
  readonly id: string;
  readonly origin: SendOrigin;
  /** Fences every later step: a worker that lost its lease changes nothing. */
  readonly attempt: number;
  /** How often Meta or the network turned it away since a person sent it. */
  readonly turnedAway: number;
};

/** How long a claimed message may stay with a worker that says nothing. Above the send timeout (10 s). */
export const leaseSeconds = 30;

/** What waits its turn, and what the gate holds back: each has its index, so that neither is read to find the other. */
const fresh = sql`m.state = 'queued' and m.hold_code is null`;
const held = sql`m.state = 'queued' and m.hold_code is not null`;

type Lane = { readonly workspaceId: string; readonly channelId: string };

/**
 * Takes messages that are due, at most `room` of them: per number as many as its token bucket holds (Cloud API
 * throughput, messages per second), per conversation only the oldest, so that order is kept and one is under way at a time.
 * Nothing is on the wire yet: a worker that dies here costs a lease.
 */
export async function claimMessages(database: Database, room: number): Promise<Claimed[]> {
  const lanes = await database.system.execute<Lane>(sql`
    select n.workspace_id as "workspaceId", n.id as "channelId" from channels n
    where n.problem is distinct from 'channels.token_invalid' and (
      exists (
        select from messaging_messages m
        where m.workspace_id = n.workspace_id and m.lane_id = n.id and ${fresh} and m.next_attempt_at <= now())
      or exists (
        select from messaging_messages m
        where m.workspace_id = n.workspace_id and m.lane_id = n.id and ${held} and m.next_attempt_at <= now()))`);
  const claimed: Claimed[] = [];
  for (const lane of lanes) {
    if (claimed.length >= room) break;
    claimed.push(...(await database.system.transaction((tx) => claimLane(tx, lane, room - claimed.length))));
  }
  return claimed;
}

/**
 * Whether nothing of its conversation is before it or under way. A message that is held back is out of the order until its time
 * comes: replies pass it. As values, asked row by row: joins would read all that waits to take the first few.
 */
const free = sql`
  (select not exists (
    select from messaging_messages e
    where e.workspace_id = m.workspace_id and e.conversation_id = m.conversation_id and e.id <> m.id
      and e.state in ('queued', 'claimed', 'sending')
      and (e.state <> 'queued' or (e.seq < m.seq and (e.hold_code is null or e.next_attempt_at <= now())))))
  -- A file that is still on its way to Meta: its message waits for it, and those behind it keep their order.
  and (select not exists (
    select from media_transfers t
    where t.workspace_id = m.workspace_id and t.channel_id = m.lane_id and t.file_id = any(m.files)
      and t.direction = 'up' and t.state = 'waiting'))`;

async function claimLane(tx: Tx, lane: Lane, room: number): Promise<Claimed[]> {
  const { workspaceId, channelId } = lane;
  await tx.execute(sql`
    insert into messaging_lanes (workspace_id, channel_id, tokens)
    select workspace_id, id, rate from channels where workspace_id = ${workspaceId} and id = ${channelId}
    on conflict do nothing`);
  const [bucket] = await tx.execute<{ tokens: number }>(sql`
    select least(c.rate, l.tokens + extract(epoch from now() - l.refilled_at) * c.rate)::float8 as tokens
    from messaging_lanes l join channels c on c.workspace_id = l.workspace_id and c.id = l.channel_id
    where l.workspace_id = ${workspaceId} and l.channel_id = ${channelId}
    for update of l skip locked`);
  const limit = Math.min(room, Math.floor(bucket?.tokens ?? 0));
  if (!bucket || limit < 1) return [];
  const inLane = sql`m.workspace_id = ${workspaceId} and m.lane_id = ${channelId} and m.next_attempt_at <= now()`;
  const claimed = await tx.execute<Claimed>(sql`
    with due as (
      select m.workspace_id, m.id, c.contact_id
      from (
        (select m.workspace_id, m.id from messaging_messages m where ${inLane} and ${fresh} and ${free}
          order by m.priority desc, m.seq limit ${limit})
        union all
        (select m.workspace_id, m.id from messaging_messages m where ${inLane} and ${held} and ${free}
          order by m.next_attempt_at limit ${limit})) d
      join messaging_messages m on m.workspace_id = d.workspace_id and m.id = d.id and m.state = 'queued'
      join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
      order by m.priority desc, m.seq limit ${limit}
      for update of m skip locked)
    update messaging_messages m set state = 'claimed', state_rank = ${stateRank("claimed")}, attempt = m.attempt + 1,
      lease_until = now() + make_interval(secs => ${leaseSeconds})
    from due where m.workspace_id = due.workspace_id and m.id = due.id
    returning m.workspace_id as "workspaceId", ${channelId} as "channelId", due.contact_id as "contactId",
      m.conversation_id as "conversationId", m.id, m.origin, m.attempt, m.turned_away as "turnedAway"`);
  await tx.execute(sql`
    update messaging_lanes set tokens = ${bucket.tokens - claimed.length}, refilled_at = now()
    where workspace_id = ${workspaceId} and channel_id = ${channelId}`);
  return claimed;
}
