import { sql } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { prepared } from "./prepared.ts";

export type Db = PostgresJsDatabase;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

export type Database = {
  /** Crosses workspaces (role `aparte_system`): sign-in, intake, projection, lanes, log readers. Never for a request's data. */
  readonly system: Db;
  /**
   * One transaction as `aparte_app` that sees one workspace only. The setting is local to the transaction, so a
   * connection that goes back to the pool sees nothing.
   */
  inWorkspace<T>(workspaceId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Calls `wake` with each NOTIFY's payload, and with "" after each reconnection, since news may have been missed. */
  listen(channel: string, wake: (payload: string) => void): Promise<() => Promise<void>>;
  /** A connection of its own for session-level locks; closed by `release`, which also drops the locks. */
  reserve(): Promise<{ readonly sql: postgres.ReservedSql; release(): void }>;
  ping(): Promise<void>;
  close(): Promise<void>;
};

/** Longest pause between two tries to reach a database that is away, in seconds. */
const longestBackoff = 2;

/** Seconds before the next try: a database that comes back is found at once, and one that stays away is left in peace. */
function reconnectAfter(attempt: number): number {
  return Math.min(3 ** attempt / 100, longestBackoff) * (0.5 + Math.random() / 2);
}

/** Opens the pools. Each connection starts in its role, which owns nothing. */
export function openDatabase(url: string, poolSize = 10): Database {
  const connect = (role: string, max: number) =>
    postgres(url, {
      max,
      onnotice: () => {},
      backoff: reconnectAfter,
      connection: { role, application_name: "aparte", idle_in_transaction_session_timeout: 30_000 },
    });
  const appClient = connect("aparte_app", poolSize);
  const systemClient = connect("aparte_system", poolSize);
  const lockClient = connect("aparte_system", 4);
  const app = drizzle(prepared(appClient));
  const system = drizzle(prepared(systemClient));
  return {
    system,
    inWorkspace: (workspaceId, work) =>
      app.transaction(async (tx) => {
        await tx.execute(sql`select set_config('app.workspace_id', ${workspaceId}, true)`);
        return work(tx);
      }),
    async listen(channel, wake) {
      const subscription = await systemClient.listen(channel, wake, () => wake(""));
      return () => subscription.unlisten();
    },
    async reserve() {
      const reserved = await lockClient.reserve();
      return { sql: reserved, release: () => reserved.release() };
    },
    async ping() {
      await system.execute(sql`select 1`);
    },
    async close() {
      await Promise.all([appClient, systemClient, lockClient].map((client) => client.end({ timeout: 5 })));
    },
  };
}

/**
 * SQLSTATE classes (Postgres, appendix A) of failures that lie in the moment, not in what was asked: lost connection,
 * conflict between transactions, lack of resources, object in use, server stopping.
 */
const passing = /^(08|40|53|55|57P)/;

/** Whether the same work may succeed a little later: then it must be tried again, and nothing may be concluded from it. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof postgres.PostgresError) return passing.test(error.code);
  return mayPass(error.cause);
}

/** Does work once more when two transactions stood in each other's way: one of them was taken back whole. */
export async function inSpiteOfOthers<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!mayPass(error)) throw error;
    return work();
  }
}

const migrationsFolder = fileURLToPath(new URL("../../migrations", import.meta.url));

/** Brings the schema to this version. Any number of processes may start at once: an advisory lock makes them queue. */
export async function migrateDatabase(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(hashtext('aparte.migrations'))`;
    await migrate(drizzle(client), { migrationsFolder });
  } finally {
    await client.end();
  }
}

/**
 * Rows for set-based SQL: `from jsonb_to_recordset(${rows(list)}) as r(id uuid, …)`. One parameter, whatever the number
 * of rows, so statements can be prepared. Postgres stores neither NUL nor lone surrogates, so both are replaced here, in
 * keys as well: what people send may hold anything.
 */
export function rows(list: readonly unknown[]) {
  return sql`${JSON.stringify(list, storable)}::text::jsonb`;
}

export function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\u0000", "\uFFFD");
}

function storable(_: string, value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const keys = Object.keys(value);
  if (keys.every((key) => key === storableText(key))) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storableText(key), item]));
}
