import type { AccountFact, Fact, PhoneNameFact, PhoneQualityFact } from "@aparte/whatsapp/facts.ts";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";

/** News of a number or its account, for a workspace that the account belongs to. */
export type ChannelNews = {
  readonly workspaceId: string;
  readonly fact: PhoneQualityFact | PhoneNameFact | AccountFact;
};

export function isChannelFact(fact: Fact): fact is ChannelNews["fact"] {
  return fact.kind === "account" || fact.kind === "phone_quality" || fact.kind === "phone_name";
}

type Told = { readonly workspaceId: string; readonly wabaId: string; readonly at: string };

/**
 * Applies what Meta says of numbers and accounts, of all workspaces in one go, and keeps the news of accounts for an admin.
 * Each kind moves by its own newest time, so that it ends the same in whatever order it comes.
 */
export async function applyChannelFacts(tx: Tx, news: readonly ChannelNews[]): Promise<void> {
  if (news.length === 0) return;
  await keepNews(tx, news);
  const changed = [...(await applyLimits(tx, news)), ...(await applyNames(tx, news)), ...(await applyStates(tx, news))];
  const unique = new Map(changed.map((row) => [row.channelId, row]));
  await emit(
    tx,
    [...unique.values()].map(({ workspaceId, channelId }) => ({
      name: "channel.refreshed" as const,
      workspaceId,
      payload: { channelId },
    })),
  );
}

type Changed = { readonly workspaceId: string; readonly channelId: string };
const returning = sql`returning c.workspace_id as "workspaceId", c.id as "channelId"`;
/** Webhooks name a number by its digits, the account lists it as people write it. */
const digits = sql`regexp_replace(c.display_phone_number, '\\D', '', 'g')`;

function toldBy({ workspaceId, fact }: ChannelNews): Told {
  return { workspaceId, wabaId: fact.wabaId, at: fact.timestamp ?? new Date(0).toISOString() };
}

const capability = z.object({
  max_daily_conversations_per_business: z.union([z.string(), z.number()]).transform(String),
});

/** The messaging limit: told of one number, or of the whole portfolio by its account. */
function applyLimits(tx: Tx, news: readonly ChannelNews[]): Promise<Changed[]> {
  type Limit = Told & { readonly number: string | null; readonly limit: string };
  const limits = news.flatMap((item): Limit[] => {
    const { fact } = item;
    if (fact.kind === "phone_quality" && fact.limit !== null) {
      return [{ ...toldBy(item), number: fact.displayPhoneNumber, limit: fact.limit }];
    }
    const told = fact.kind === "account" ? capability.safeParse(fact.payload).data : undefined;
    return told ? [{ ...toldBy(item), number: null, limit: told.max_daily_conversations_per_business }] : [];
  });
  return tx.execute<Changed>(sql`
    update channels c set messaging_limit = r.limit, limit_at = r.at
    from (
      select distinct on (c.workspace_id, c.id) c.workspace_id, c.id, k."limit", k.at
      from jsonb_to_recordset(${rows(limits)})
        as k("workspaceId" uuid, "wabaId" text, at timestamptz, number text, "limit" text)
      join channels c on c.workspace_id = k."workspaceId" and c.waba_id = k."wabaId"
        and (k.number is null or ${digits} = k.number)
      order by c.workspace_id, c.id, k.at desc) r
    where c.workspace_id = r.workspace_id and c.id = r.id and (c.limit_at is null or c.limit_at < r.at)
    ${returning}`);
}

/** The decision moves by its own time and the name by the newest approval: a later no takes no approved name away. */
function applyNames(tx: Tx, news: readonly ChannelNews[]): Promise<Changed[]> {
  const names = news.flatMap((item) => {
    const { fact } = item;
    if (fact.kind !== "phone_name") return [];
    return [{ ...toldBy(item), number: fact.displayPhoneNumber, decision: fact.decision, name: fact.requestedName }];
  });
  const isNewer = sql`(c.name_at is null or c.name_at < r.at)`;
  const isApproved = sql`(r.approved_at is not null and (c.name_approved_at is null or c.name_approved_at < r.approved_at))`;
  return tx.execute<Changed>(sql`
    update channels c set
      name_decision = case when ${isNewer} then r.decision else c.name_decision end,
      requested_name = case when ${isNewer} then r.name else c.requested_name end,
      name_at = greatest(c.name_at, r.at),
      verified_name = case when ${isApproved} then r.approved else c.verified_name end,
      name_approved_at = greatest(c.name_approved_at, r.approved_at)
    from (
      select k."workspaceId", k."wabaId", k.number, max(k.at) as at,
        (array_agg(k.decision order by k.at desc))[1] as decision, (array_agg(k.name order by k.at desc))[1] as name,
        (array_agg(k.name order by k.at desc) filter (where ${approved}))[1] as approved,
        max(k.at) filter (where ${approved}) as approved_at
      from jsonb_to_recordset(${rows(names)})
        as k("workspaceId" uuid, "wabaId" text, at timestamptz, number text, decision text, name text)
      group by 1, 2, 3) r
    where c.workspace_id = r."workspaceId" and c.waba_id = r."wabaId" and ${digits} = r.number
      and (${isNewer} or ${isApproved})
    ${returning}`);
}

const approved = sql`k.decision = 'APPROVED' and k.name is not null`;

const ban = z.object({ ban_info: z.object({ waba_ban_state: z.string() }) });
/** The states of `account_update` that stop an account from sending, and the one that lifts them. */
const stops: Readonly<Record<string, boolean>> = { DISABLE: true, REINSTATE: false };

/** An account that Meta disabled cannot send, and one that was reinstated can. */
function applyStates(tx: Tx, news: readonly ChannelNews[]): Promise<Changed[]> {
  const states = news.flatMap((item) => {
    const state =
      item.fact.kind === "account" ? ban.safeParse(item.fact.payload).data?.ban_info.waba_ban_state : undefined;
    const stopped = state === undefined ? undefined : stops[state];
    return stopped === undefined ? [] : [{ ...toldBy(item), problem: stopped ? "channels.account_problem" : null }];
  });
  return tx.execute<Changed>(sql`
    update channels c set problem = r.problem, state_at = r.at
    from (
      select distinct on (k."workspaceId", k."wabaId") k.*
      from jsonb_to_recordset(${rows(states)}) as k("workspaceId" uuid, "wabaId" text, at timestamptz, problem text)
      order by k."workspaceId", k."wabaId", k.at desc) r
    where c.workspace_id = r."workspaceId" and c.waba_id = r."wabaId" and (c.state_at is null or c.state_at < r.at)
    ${returning}`);
}

async function keepNews(tx: Tx, news: readonly ChannelNews[]): Promise<void> {
  const kept = news.flatMap((item) => {
    const { fact } = item;
    if (fact.kind !== "account") return [];
    return [{ ...toldBy(item), field: fact.field, event: fact.event, payload: fact.payload }];
  });
  await tx.execute(sql`
    insert into channels_news (workspace_id, waba_id, fingerprint, field, event, payload, at)
    select r."workspaceId", r."wabaId", md5(concat_ws(' ', r.field, r.at, r.payload)), r.field, r.event, r.payload, r.at
    from jsonb_to_recordset(${rows(kept)})
      as r("workspaceId" uuid, "wabaId" text, at timestamptz, field text, event text, payload jsonb)
    on conflict do nothing`);
}

export type AccountNews = {
  readonly field: string;
  readonly event: string | null;
  readonly payload: unknown;
  /** ISO 8601; null when Meta told no time. */
  readonly at: string | null;
};

/** The last news of the account of a channel, newest first. */
export async function loadNews(tx: Tx, workspaceId: string, wabaId: string): Promise<AccountNews[]> {
  const found = await tx.execute<{ field: string; event: string | null; payload: unknown; at: string }>(sql`
    select field, event, payload, at from channels_news
    where workspace_id = ${workspaceId} and waba_id = ${wabaId} order by at desc limit 50`);
  return found.map((row) => {
    const at = new Date(row.at);
    return { ...row, at: at.getTime() === 0 ? null : at.toISOString() };
  });
}
