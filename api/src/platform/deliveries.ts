import { sql } from "drizzle-orm";
import { rows, type Database, type Db, type Tx } from "./db.ts";
import { wakeChannels } from "./wake.ts";

export type Delivery = { readonly source: string; readonly appId: string; readonly body: string };
export type StoredDelivery = Delivery & { readonly id: string; readonly attempts: number };

export class IntakeFullError extends Error {
  override name = "IntakeFullError";
}

export type Intake = {
  /**
   * Resolves when the body is on disk: only then may the sender be told so.
   * @throws IntakeFullError when more waits than fits in memory; answer 503, the sender comes back.
   */
  append(delivery: Delivery): Promise<void>;
};

type Waiting = { readonly delivery: Delivery; resolve(): void; reject(error: unknown): void };

const maxWaiting = { count: 10_000, bytes: 64 * 1024 * 1024 };
const maxFlights = 2;

/**
 * Group commit without a timer: what arrives while an INSERT is under way is the next INSERT. Under load a commit
 * carries many bodies, at rest a body waits for nobody. Two statements may be in flight.
 */
export function createIntake(database: Database): Intake {
  let queue: Waiting[] = [];
  let bytes = 0;
  let flights = 0;

  const flush = async (): Promise<void> => {
    if (queue.length === 0 || flights >= maxFlights) return;
    const batch = queue;
    queue = [];
    flights += 1;
    try {
      await insertDeliveries(
        database,
        batch.map((waiting) => waiting.delivery),
      );
      for (const waiting of batch) waiting.resolve();
    } catch (error) {
      for (const waiting of batch) waiting.reject(error);
    } finally {
      flights -= 1;
      bytes -= batch.reduce((sum, waiting) => sum + waiting.delivery.body.length, 0);
      void flush();
    }
  };

  return {
    append: (delivery) =>
      new Promise((resolve, reject) => {
        if (queue.length >= maxWaiting.count || bytes + delivery.body.length > maxWaiting.bytes) {
          return reject(new IntakeFullError("Too many deliveries are waiting to be stored."));
        }
        bytes += delivery.body.length;
        queue.push({ delivery, resolve, reject });
        setImmediate(() => void flush());
      }),
  };
}

/** Bodies go in as text, unread: NUL cannot be stored in Postgres text and is no legal JSON anyway. */
async function insertDeliveries(database: Database, deliveries: readonly Delivery[]): Promise<void> {
  await database.system.execute(sql`
    with stored as (
      insert into webhook_deliveries (source, app_id, body)
      select r.source, r."appId", r.body
      from jsonb_to_recordset(${rows(deliveries)}) as r(source text, "appId" text, body text)
      returning id)
    select pg_notify(${wakeChannels.deliveries}, '') from stored limit 1`);
}

/**
 * Locks the oldest deliveries that are not projected yet; other processes skip them. The order is that of the numbers: an
 * unqualified `id` would mean the text form that is selected.
 */
export async function claimDeliveries(tx: Tx, source: string, limit: number): Promise<StoredDelivery[]> {
  return tx.execute<StoredDelivery>(sql`
    select d.id::text as id, d.source, d.app_id as "appId", d.body, d.attempts
    from webhook_deliveries d
    where d.projected_at is null and d.source = ${source}
    order by d.id limit ${limit}
    for update skip locked`);
}

export type FinishedDelivery = {
  readonly id: string;
  /** Why it is kept for an admin; null when it was understood. */
  readonly problem: string | null;
};

/** Marks deliveries as dealt with, each with the problem that it had. */
export async function finishDeliveries(tx: Tx, finished: readonly FinishedDelivery[]): Promise<void> {
  await tx.execute(sql`
    update webhook_deliveries d set projected_at = now(), attempts = attempts + 1, problem = r.problem
    from jsonb_to_recordset(${rows(finished)}) as r(id bigint, problem text)
    where d.id = r.id`);
}

/** Empties the bodies of projected deliveries that say one of these texts: who is named there asked to be forgotten. */
export async function eraseDeliveries(tx: Tx, texts: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update webhook_deliveries d set body = ''
    from jsonb_to_recordset(${rows(texts.map((text) => ({ text })))}) as r(text text)
    where d.projected_at is not null and position(r.text in d.body) > 0`);
}

/** A delivery that could not be worked with, without what it says: nobody knows whose it is. */
export type DeliveryProblem = {
  readonly id: string;
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly problem: string;
  readonly bytes: number;
};

/** The last deliveries with a problem that were signed by these apps, newest first. For the system role: they belong to no workspace. */
export async function loadDeliveryProblems(system: Db, appIds: readonly string[]): Promise<DeliveryProblem[]> {
  const found = await system.execute<DeliveryProblem>(sql`
    select id::text as id, received_at as "receivedAt", problem, octet_length(body) as bytes from webhook_deliveries d
    where problem is not null and app_id in (select r."appId" from jsonb_to_recordset(${rows(
      appIds.map((appId) => ({ appId })),
    )}) as r("appId" text))
    order by d.id desc limit 50`);
  return found.map((row) => ({ ...row, receivedAt: new Date(row.receivedAt).toISOString() }));
}
