import type { CrmLater } from "@aparte/crm/outcome.ts";
import {
  learnPace,
  takeTurn,
  unknownPace,
  type Pace,
  type RateState,
  type RequestKind,
  type Urgency,
} from "@aparte/crm/rate.ts";
import { sql } from "drizzle-orm";
import type { Deps } from "../platform/context.ts";
import { rows, type Tx } from "../platform/db.ts";

/** How long a call waits for its turn, in milliseconds: a person not for long; what nobody waits for, well below a lease. */
const patienceMs: Readonly<Record<Urgency, number>> = { people: 3_000, background: 4_000 };

/** The `reason` of a call that was held back here; the CRM was not asked. */
export const limitReached = "limit_reached";

export type Pacer = {
  /** What `CrmSession.beforeRequest` asks. */
  readonly beforeRequest: (kind: RequestKind) => Promise<CrmLater | null>;
  readonly onRate: (rate: RateState) => void;
  /** Stores what the last answers told. */
  readonly finish: () => Promise<void>;
};

type Place = { readonly workspaceId: string; readonly connectionId: string; readonly urgency: Urgency };

/** Lets requests go one by one, so that all processes together stay below the limits that the CRM has told of. */
export function pacerFor(deps: Deps, place: Place): Pacer {
  let told: RateState | null = null;
  const takeTold = (): RateState | null => {
    const taken = told;
    told = null;
    return taken;
  };
  const step = (wanted: RequestKind | null) => {
    const rate = takeTold();
    if (wanted === null && rate === null) return Promise.resolve(null);
    return deps.database.inWorkspace(place.workspaceId, (tx) => move(tx, place, rate, wanted));
  };
  return {
    onRate: (rate) => {
      told = { burst: rate.burst ?? told?.burst ?? null, day: rate.day ?? told?.day ?? null };
    },
    async beforeRequest(kind) {
      const end = performance.now() + patienceMs[place.urgency];
      for (;;) {
        const held = await step(kind);
        if (held === null) return null;
        if (performance.now() + held.waitMs > end) {
          return { outcome: "later", retryAfterMs: held.waitMs, reason: limitReached };
        }
        await new Promise((resolve) => setTimeout(resolve, held.waitMs));
      }
    },
    async finish() {
      await step(null);
    },
  };
}

/** One step of the pace under its row's lock, by the database's clock, which all processes share. */
async function move(
  tx: Tx,
  { workspaceId, connectionId, urgency }: Place,
  rate: RateState | null,
  wanted: RequestKind | null,
): Promise<{ readonly waitMs: number } | null> {
  const [row] = await tx.execute<{ pace: Partial<Pace> }>(sql`
    select pace from crm_pace where workspace_id = ${workspaceId} and connection_id = ${connectionId} for no key update`);
  if (!row) return null;
  const [clock] = await tx.execute<{ now: number }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
  );
  const now = clock?.now ?? 0;
  const known = { ...unknownPace, ...row.pace };
  const learned = rate ? learnPace(known, rate, now) : known;
  const turn = wanted ? takeTurn(learned, { urgency, kind: wanted }, now) : null;
  const pace = turn?.ok ? turn.pace : learned;
  await tx.execute(sql`
    update crm_pace set pace = ${rows([pace])} -> 0
    where workspace_id = ${workspaceId} and connection_id = ${connectionId}`);
  if (turn === null || turn.ok) return null;
  if (turn.limit === "day") await restFromDay(tx, { workspaceId, connectionId, urgency }, turn.waitMs);
  return turn;
}

/** The day is used up: nobody asks again before there is a chance. */
async function restFromDay(tx: Tx, { workspaceId, connectionId, urgency }: Place, waitMs: number): Promise<void> {
  const column = urgency === "people" ? sql.identifier("paused_until") : sql.identifier("background_paused_until");
  await pauseConnection(tx, { workspaceId, connectionId }, { column, waitMs });
}

/**
 * Leaves a CRM alone for this long. It is advice for other processes, so it does not wait for a row that somebody is just
 * changing.
 */
async function pauseConnection(
  tx: Tx,
  { workspaceId, connectionId }: Omit<Place, "urgency">,
  { column, waitMs }: { readonly column: ReturnType<typeof sql.identifier>; readonly waitMs: number },
): Promise<void> {
  await tx.execute(sql`
    update crm_connections set ${column} = now() + make_interval(secs => ${waitMs / 1000})
    where (workspace_id, id) in (
      select workspace_id, id from crm_connections where workspace_id = ${workspaceId} and id = ${connectionId}
      for no key update skip locked)`);
}

/** The CRM asked everybody to wait (429 with its time). */
export async function restAsAsked(tx: Tx, workspaceId: string, connectionId: string, waitMs: number): Promise<void> {
  await pauseConnection(tx, { workspaceId, connectionId }, { column: sql.identifier("paused_until"), waitMs });
}
