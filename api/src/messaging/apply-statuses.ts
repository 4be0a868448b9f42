import { messageStates, stateRank, type MessageState } from "@aparte/core/message.ts";
import { ourErrorCode } from "@aparte/whatsapp/errors.ts";
import type { StatusFact } from "@aparte/whatsapp/facts.ts";
import { sql } from "drizzle-orm";
import { recordOptOuts } from "../consent/service.ts";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import { giveBack } from "./budget.ts";
import type { Placed } from "./placed.ts";
import { echoedId } from "./echoed-id.ts";

type StatusRow = { readonly workspaceId: string; readonly wamid: string };

/** Meta: the person switched off marketing messages of this business; the send comes too late (error 131050). */
export const stoppedInWhatsApp = 131_050;

/**
 * Stores statuses, each once, and moves the messages that they speak of. A status that echoes our id (callback data)
 * settles a send whose answer was lost; one whose message is not known yet waits in the table until it is.
 */
export async function applyStatuses(tx: Tx, placed: readonly Placed<StatusFact>[]): Promise<void> {
  if (placed.length === 0) return;
  const list = placed.map(({ workspaceId, fact }) => ({
    workspaceId,
    wamid: fact.wamid,
    state: fact.state,
    at: fact.timestamp,
    pricing: fact.pricing,
    error: fact.error && { ...fact.error, ourCode: ourErrorCode(fact.error.code) },
  }));
  const fresh = await tx.execute<StatusRow>(sql`
    insert into messaging_statuses (workspace_id, wamid, state, at, error, pricing)
    select distinct on (r."workspaceId", r.wamid, r.state) r."workspaceId", r.wamid, r.state, r.at, r.error, r.pricing
    from jsonb_to_recordset(${rows(list)})
      as r("workspaceId" uuid, wamid text, state text, at timestamptz, error jsonb, pricing jsonb)
    order by r."workspaceId", r.wamid, r.state, r.at
    on conflict (workspace_id, wamid, state) do nothing
    returning workspace_id as "workspaceId", wamid`);
  const isFresh = new Set(fresh.map((row) => `${row.workspaceId} ${row.wamid}`));
  const news = placed.filter(({ workspaceId, fact }) => isFresh.has(`${workspaceId} ${fact.wamid}`));
  await stopWhereWhatsAppStopped(tx, news);
  await adoptByCallback(tx, news);
  await settleStatuses(
    tx,
    news.map(({ workspaceId, fact }) => ({ workspaceId, wamid: fact.wamid })),
  );
}

/** Gives their wamid to messages whose answer was lost: proof that Meta took them. Only within the fact's channel. */
async function adoptByCallback(tx: Tx, placed: readonly Placed<StatusFact>[]): Promise<void> {
  const echoes = placed.flatMap(({ workspaceId, channelId, fact }) =>
    echoedId(fact) !== null ? [{ workspaceId, channelId, id: echoedId(fact), wamid: fact.wamid }] : [],
  );
  if (echoes.length === 0) return;
  // The messages are found by their ids before anything is joined: the planner would rather walk all conversations.
  await tx.execute(sql`
    with echoed as (
      select distinct on (e."workspaceId", e.id) e.*
      from jsonb_to_recordset(${rows(echoes)}) as e("workspaceId" uuid, "channelId" uuid, id uuid, wamid text)
      order by e."workspaceId", e.id),
    found as materialized (
      select e.*, m.conversation_id from echoed e
      join messaging_messages m on m.workspace_id = e."workspaceId" and m.id = e.id)
    update messaging_messages m set wamid = r.wamid, lease_until = null
    from found r join messaging_conversations c
      on c.workspace_id = r."workspaceId" and c.id = r.conversation_id and c.channel_id = r."channelId"
    where m.workspace_id = r."workspaceId" and m.id = r.id and m.direction = 'out'
      and m.wamid is distinct from r.wamid
      and (m.wamid is null or m.state in ('sending', 'unknown', 'unconfirmed'))
      and not exists (
        select from messaging_messages o where o.workspace_id = r."workspaceId" and o.wamid = r.wamid)`);
}

const ranks = messageStates.map((state) => ({ state, rank: stateRank(state) }));

type Moved = {
  readonly workspaceId: string;
  readonly id: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly state: MessageState;
};

/**
 * Moves messages to the highest state that was ever told of their wamid; never downwards. Times and price are read anew
 * from all that was told, so that they too are the same in whatever order it came.
 */
export async function settleStatuses(
  tx: Tx,
  wamids: readonly { readonly workspaceId: string; readonly wamid: string }[],
): Promise<void> {
  if (wamids.length === 0) return;
  const moved = await tx.execute<Moved>(sql`
    with ranks as (select * from jsonb_to_recordset(${rows(ranks)}) as k(state text, rank smallint)),
    wanted as (
      select distinct w."workspaceId", w.wamid
      from jsonb_to_recordset(${rows(wamids)}) as w("workspaceId" uuid, wamid text)),
    told as (
      select s.workspace_id, s.wamid, (array_agg(s.state order by k.rank desc))[1] as state, max(k.rank) as rank,
        min(s.at) filter (where s.state = 'delivered') as delivered_at,
        min(s.at) filter (where s.state in ('read', 'played')) as read_at,
        (array_agg(s.error) filter (where s.state = 'failed'))[1] as error,
        (array_agg(s.pricing order by k.rank desc) filter (where s.pricing is not null))[1] as pricing
      from wanted join messaging_statuses s on s.workspace_id = wanted."workspaceId" and s.wamid = wanted.wamid
      join ranks k on k.state = s.state
      group by s.workspace_id, s.wamid),
    target as (
      select m.workspace_id, m.id, m.state as old_state, m.state_rank as old_rank, t.state, t.rank, t.delivered_at, t.read_at,
        t.error, t.pricing
      from told t join messaging_messages m on m.workspace_id = t.workspace_id and m.wamid = t.wamid
      order by m.workspace_id, m.id
      for update of m)
    update messaging_messages m set
      state = case when t.rank > t.old_rank then t.state else m.state end,
      state_rank = greatest(t.rank, t.old_rank),
      delivered_at = coalesce(t.delivered_at, t.read_at, m.delivered_at),
      read_at = coalesce(t.read_at, m.read_at),
      pricing = coalesce(t.pricing, m.pricing),
      failure_code = case when t.rank > t.old_rank then case when t.state = 'failed' then t.error ->> 'ourCode' end else m.failure_code end,
      failure_details = case when t.rank > t.old_rank then case when t.state = 'failed' then coalesce(t.error ->> 'details', t.error ->> 'title') end else m.failure_details end,
      lease_until = null
    from target t, messaging_conversations c
    where m.workspace_id = t.workspace_id and m.id = t.id and c.workspace_id = m.workspace_id and c.id = m.conversation_id
    returning m.workspace_id as "workspaceId", m.id, m.conversation_id as "conversationId", c.contact_id as "contactId", m.state`);
  // What did not arrive is not billed.
  const failed = moved.filter(({ state }) => state === "failed");
  if (failed.length > 0) await giveBack(tx, failed);
  await emit(
    tx,
    moved.map(({ workspaceId, id, conversationId, contactId, state }) => ({
      name: "message.changed" as const,
      workspaceId,
      payload: { messageId: id, conversationId, contactId, state },
    })),
  );
}

/**
 * The error is proof of an opt-out that we had not heard of: from now on it counts here too. Comes before any message is
 * touched, because recording it waits for sends under way to this person.
 */
async function stopWhereWhatsAppStopped(tx: Tx, placed: readonly Placed<StatusFact>[]): Promise<void> {
  const stops = placed.flatMap(({ workspaceId, fact }) =>
    fact.error?.code === stoppedInWhatsApp
      ? [{ workspaceId, wamid: fact.wamid, echo: echoedId(fact), at: fact.timestamp, title: fact.error.title }]
      : [],
  );
  if (stops.length === 0) return;
  const people = await tx.execute<Stopped>(sql`
    select r."workspaceId", c.contact_id as "contactId", c.channel_id as "channelId", m.id as "messageId", r.at, r.title
    from jsonb_to_recordset(${rows(stops)}) as r("workspaceId" uuid, wamid text, echo uuid, at timestamptz, title text)
    join lateral (
      select n.workspace_id, n.id, n.conversation_id from messaging_messages n
      where n.workspace_id = r."workspaceId" and n.wamid = r.wamid
      union
      select n.workspace_id, n.id, n.conversation_id from messaging_messages n
      where n.workspace_id = r."workspaceId" and n.id = r.echo) m on true
    join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id`);
  await recordStopped(tx, people);
}

/** Writes the opt-outs down; each message proves one, whether its answer or its status told the error. */
export async function recordStopped(tx: Tx, people: readonly Stopped[]): Promise<void> {
  await recordOptOuts(
    tx,
    people.map(({ workspaceId, contactId, channelId, messageId, at, title }) => ({
      workspaceId,
      contactId,
      channelId,
      language: null,
      method: "whatsapp_error" as const,
      scope: "marketing" as const,
      occurredAt: new Date(at).toISOString(),
      wording: title,
      evidence: { messageId, code: String(stoppedInWhatsApp) },
      sourceKey: `error ${messageId}`,
    })),
  );
}

type Stopped = {
  readonly workspaceId: string;
  readonly contactId: string;
  readonly channelId: string;
  readonly messageId: string;
  readonly at: string;
  readonly title: string;
};
