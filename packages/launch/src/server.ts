import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { checkout, type DataDir } from "./data-dir.ts";
import { startPostgres } from "./postgres/start.ts";
import { startChild, type Child } from "./process.ts";
import type { Reporter } from "./reporter.ts";

const databasePort = 15_432;
const databaseName = "aparte";

export type Stoppable = { stop(): Promise<void> };

/** DATABASE_URL, or the embedded Postgres with a database of ours. */
export async function openDatabase(
  env: NodeJS.ProcessEnv,
  dataDir: DataDir,
  { say }: Reporter,
): Promise<Stoppable & { readonly url: string }> {
  const given = env["DATABASE_URL"];
  if (given) return { url: given, stop: async () => {} };
  const server = await startPostgres({ dataDir: join(dataDir.path, "postgres"), port: databasePort, log: say });
  const { default: postgres } = await import("postgres");
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  try {
    const [found] = await sql`select from pg_database where datname = ${databaseName}`;
    if (!found) await sql.unsafe(`create database ${databaseName}`);
  } finally {
    await sql.end();
  }
  return { url: new URL(databaseName, server.url).href, stop: () => server.stop() };
}

export type ApiServer = Stoppable & { readonly url: string; readonly setupToken: string | null };

/**
 * Starts API, workers and console as a process of their own, as they run in production, and waits until it is ready.
 * Its structured log goes to `api.log` in the data folder.
 */
export async function startApi(dataDir: DataDir, port: number, env: NodeJS.ProcessEnv): Promise<ApiServer> {
  const url = env["PUBLIC_URL"] || `http://localhost:${port}`;
  const logFile = join(dataDir.path, "api.log");
  const child: Child = await startChild({
    command: process.execPath,
    args: [join(checkout, "api/src/main.ts")],
    cwd: checkout,
    env: { ...process.env, ...env, PORT: String(port), DATA_DIR: dataDir.path, MASTER_KEY: dataDir.masterKey },
    onLine: (line) => {
      if (!line.startsWith("Ready")) appendFileSync(logFile, `${line}\n`);
    },
  });
  const [, token] = await child.waitForLine(/^Ready(?:; set-up token: (\S+))?$/, 60_000);
  return { url, setupToken: token ?? null, stop: () => child.stop() };
}
