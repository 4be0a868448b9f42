import type { CrmLater } from "@aparte/crm/outcome.ts";
import {
  learnPace,
  takeTurn,
  unknownPace,
  type Pace,
  type RateState,
  type RequestKind,
  type Turn,
  type Urgency,
} from "@aparte/crm/rate.ts";
import { sql } from "drizzle-orm";
import type { Deps } from "../platform/context.ts";
import { rows, type Database, type Tx } from "../platform/db.ts";

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

/** Lets requests go, so that all processes together stay below the limits that the CRM has told of. */
export function pacerFor(deps: Deps, place: Place): Pacer {
  let told: RateState | null = null;
  const step = (kind: RequestKind | null) => {
    const rate = told;
    told = null;
    if (kind === null && rate === null) return Promise.resolve(null);
    return inCompany(deps.database, { ...place, kind, rate });
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

/** What one call tells or wants: `rate` was just told, a request of this `kind` is to leave. */
type Wish = Place & { readonly kind: RequestKind | null; readonly rate: RateState | null };
type Held = Extract<Turn, { readonly ok: false }>;
type Waiting = {
  readonly wish: Wish;
  readonly resolve: (held: Held | null) => void;
  readonly reject: (e: unknown) => void;
};

/** What waits in this process for the row of a connection, by the database that it is in. */
const company = new WeakMap<Database, Map<string, Waiting[]>>();

/**
 * Calls that come while the row is being asked go together with the next question: a hundred at once are a few transactions,
 * not a hundred in a row. Null: it may go.
 */
function inCompany(database: Database, wish: Wish): Promise<Held | null> {
  const lines = company.get(database) ?? new Map<string, Waiting[]>();
  company.set(database, lines);
  return new Promise((resolve, reject) => {
    const line = lines.get(wish.connectionId);
    if (line) return void line.push({ wish, resolve, reject });
    const first = [{ wish, resolve, reject }];
    lines.set(wish.connectionId, first);
    void serve(database, lines, wish.connectionId);
  });
}

async function serve(database: Database, lines: Map<string, Waiting[]>, connectionId: string): Promise<void> {
  for (let line = lines.get(connectionId); line && line.length > 0; line = lines.get(connectionId)) {
    lines.set(connectionId, []);
    const wishes = line.map(({ wish }) => wish);
    try {
      const answers = await move(database, wishes);
      for (const [index, { resolve }] of line.entries()) resolve(answers[index] ?? null);
    } catch (error) {
      for (const { reject } of line) reject(error);
    }
  }
  lines.delete(connectionId);
}

/** One step of the pace under its row's lock, by the database's clock, which all processes share. */
async function move(database: Database, wishes: readonly Wish[]): Promise<(Held | null)[]> {
  const [{ workspaceId, connectionId } = { workspaceId: "", connectionId: "" }] = wishes;
  return database.inWorkspace(workspaceId, async (tx) => {
    const [row] = await tx.execute<{ pace: Partial<Pace> }>(sql`
      select pace from crm_pace where workspace_id = ${workspaceId} and connection_id = ${connectionId}
      for no key update`);
    if (!row) return wishes.map(() => null);
    const [clock] = await tx.execute<{ now: number }>(
      sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
    );
    const { pace, answers } = grant({ ...unknownPace, ...row.pace }, wishes, clock?.now ?? 0);
    await tx.execute(sql`
      update crm_pace set pace = ${rows([pace])} -> 0
      where workspace_id = ${workspaceId} and connection_id = ${connectionId}`);
    for (const urgency of ["people", "background"] as const) {
      const spent = answers.find((held, index) => held?.limit === "day" && wishes[index]?.urgency === urgency);
      if (spent) await restFromDay(tx, { workspaceId, connectionId, urgency }, spent.waitMs);
    }
    return answers;
  });
}

/** Takes over all that was told, then lets go what may. */
function grant(
  before: Pace,
  wishes: readonly Wish[],
  now: number,
): { readonly pace: Pace; readonly answers: (Held | null)[] } {
  let pace = wishes.reduce((known, { rate }) => (rate ? learnPace(known, rate, now) : known), before);
  const answers = wishes.map(({ kind, urgency }) => {
    if (kind === null) return null;
    const turn = takeTurn(pace, { urgency, kind }, now);
    if (!turn.ok) return turn;
    pace = turn.pace;
    return null;
  });
  return { pace, answers };
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
