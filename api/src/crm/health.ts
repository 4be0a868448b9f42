import type { CrmHealthView, InHealth } from "@aparte/core/crm-health.ts";
import { isErrorCode } from "@aparte/core/errors.ts";
import { burstUsed, unknownPace, type Pace } from "@aparte/crm/rate.ts";
import { asc, eq, sql } from "drizzle-orm";
import { isoTime } from "../platform/columns.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { toConnection } from "./connections.ts";
import { inHealth } from "./in-health.ts";
import { connections } from "./tables.ts";

/** Nobody needs to know more exactly, and counting a long queue takes time. */
const maxCount = 10_000;

type Queue = {
  readonly connectionId: string;
  readonly waiting: number;
  readonly oldestAt: string | null;
  readonly failed: readonly { readonly reason: string; readonly count: number }[];
  readonly gone: number;
  readonly pace: Partial<Pace> | null;
  readonly now: number;
};

/** How the copy in each connected CRM stands, the oldest connection first. */
export async function crmHealth({ database, actor }: MemberContext): Promise<CrmHealthView[]> {
  const { workspaceId } = actor;
  return database.inWorkspace(workspaceId, async (tx) => {
    const found = await tx
      .select({
        row: connections,
        rests: sql<boolean>`coalesce(greatest(paused_until, background_paused_until) > now(), false)`,
      })
      .from(connections)
      .where(eq(connections.workspaceId, workspaceId))
      .orderBy(asc(connections.connectedAt), asc(connections.id));
    const queues = await tx.execute<Queue>(sql`
      select c.id as "connectionId", w.waiting, w.oldest as "oldestAt", f.list as failed, d.gone, p.pace,
        (extract(epoch from clock_timestamp()) * 1000)::float8 as now
      from crm_connections c
      left join crm_pace p on p.workspace_id = c.workspace_id and p.connection_id = c.id
      cross join lateral (
        select count(*)::int as waiting, min(started_at) as oldest from (
          (select started_at from crm_logs g where g.workspace_id = c.workspace_id and g.connection_id = c.id
            and g.state in ('waiting', 'unclear') order by next_attempt_at limit ${maxCount})
          union all
          select started_at from crm_logs g where g.workspace_id = c.workspace_id and g.connection_id = c.id
            and g.state = 'writing') q) w
      cross join lateral (
        select coalesce(json_agg(json_build_object('reason', reason, 'count', count) order by count desc), '[]') as list
        from (select last_error as reason, count(*)::int as count from (
          select last_error from crm_logs g where g.workspace_id = c.workspace_id and g.connection_id = c.id
            and g.state = 'failed' limit ${maxCount}) x group by 1) y) f
      cross join lateral (
        select count(*)::int as gone from (
          select 1 from crm_logs g where g.workspace_id = c.workspace_id and g.connection_id = c.id
            and g.state = 'gone' limit ${maxCount}) z) d
      where c.workspace_id = ${workspaceId}`);
    const queueOf = new Map(queues.map((queue) => [queue.connectionId, queue]));
    const views: CrmHealthView[] = [];
    for (const { row, rests } of found) {
      const queue = queueOf.get(row.id);
      if (queue) views.push(viewOf(row, { rests, queue, incoming: await inHealth(tx, workspaceId, row.id) }));
    }
    return views;
  });
}

type Known = { readonly rests: boolean; readonly queue: Queue; readonly incoming: InHealth };

function viewOf(row: typeof connections.$inferSelect, { rests, queue, incoming }: Known): CrmHealthView {
  const { id, crm, accountName, state, problem, logMode } = toConnection(row);
  const pace: Pace = { ...unknownPace, ...queue.pace };
  return {
    connectionId: id,
    crm,
    accountName,
    state,
    problem,
    lastSyncedAt: row.lastWrittenAt && isoTime(row.lastWrittenAt),
    waiting: queue.waiting,
    oldestWaitingAt: queue.oldestAt && isoTime(queue.oldestAt),
    failed: queue.failed.map(({ reason, count }) => ({
      reason: isErrorCode(reason) ? reason : "crm.refused_by_crm",
      count,
    })),
    unreachableSince: row.unreachableSince && isoTime(row.unreachableSince),
    rests: rests && row.unreachableSince === null ? restOf(row, pace) : null,
    usage: {
      day: pace.day && { max: pace.day.max, used: pace.day.used },
      burst: pace.burst && { ...pace.burst, used: burstUsed(pace, queue.now) },
    },
    logMode,
    drift: row.drift?.last ?? null,
    gone: queue.gone,
    incoming,
  };
}

function restOf(
  { pausedUntil, backgroundPausedUntil }: typeof connections.$inferSelect,
  { day }: Pace,
): CrmHealthView["rests"] {
  const [people, background] = [pausedUntil, backgroundPausedUntil].map((time) => (time === null ? "" : isoTime(time)));
  if (people === undefined || background === undefined) return null;
  if (background > people) return { until: background, why: "kept_for_people" };
  const isSpent = day !== null && day.used >= day.max * 0.9;
  return { until: people, why: isSpent ? "day_used_up" : "asked_to_wait" };
}
