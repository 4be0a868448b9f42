import { realpath } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { idIsTaken } from "../process-table.ts";
import { disownPostmaster, isServerOf, type Postmaster, readPostmaster } from "./postmaster-pid.ts";

const SETTLE_WITHIN_MS = 120_000;
const POLL_MS = 50;
/** PostgreSQL error codes, appendix A: invalid_password and invalid_authorization_specification. */
const SIGN_IN_REFUSED = ["28P01", "28000"];

/**
 * Finds a server that already runs on `dataDir`, for instance one whose launcher was killed, and proves that it is ours
 * by signing in and asking for its data directory. Waits while it starts, recovers or stops.
 *
 * @returns undefined when none runs; a left-over pid file that would mislead Postgres is then made harmless.
 * @throws Error when a server holds the directory but is not ours to use, or never settles.
 */
export async function findRunning(dataDir: string, urlOf: (port: number) => string): Promise<Postmaster | undefined> {
  for (const deadline = Date.now() + SETTLE_WITHIN_MS; Date.now() < deadline; await delay(POLL_MS)) {
    const found = await readPostmaster(dataDir);
    if (found === undefined) return undefined;
    if (!isServerOf(found.pid, dataDir)) {
      if (idIsTaken(found.pid)) await disownPostmaster(dataDir);
      return undefined;
    }
    if (found.ready && (await servesDirectory(urlOf(found.port), dataDir))) return found;
  }
  throw new Error(
    `The Postgres that uses ${dataDir} neither became ready nor stopped within ${SETTLE_WITHIN_MS / 1000} s.`,
  );
}

/** False when the server cannot be reached now: it may be on its way down. */
async function servesDirectory(url: string, dataDir: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 5 });
  try {
    const [row] = await sql<{ dataDir: string }[]>`select current_setting('data_directory') as "dataDir"`;
    if (row !== undefined && (await realpath(row.dataDir)) === dataDir) return true;
  } catch (error) {
    if (!(error instanceof postgres.PostgresError) || !SIGN_IN_REFUSED.includes(error.code)) return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
  throw new Error(
    `A Postgres already uses ${dataDir}, but it does not know our password. Stop that one, then start again.`,
  );
}
