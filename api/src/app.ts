import type { FastifyInstance } from "fastify";
import type { Deps } from "./platform/context.ts";
import { createVault } from "./platform/crypto.ts";
import { migrateDatabase, openDatabase } from "./platform/db.ts";
import type { Env } from "./platform/env.ts";
import { createLog, type Log } from "./platform/log.ts";
import { createWakeHub } from "./platform/wake.ts";
import { createHttp } from "./http.ts";
import { setupToken } from "./identity/service.ts";

export type App = {
  readonly http: FastifyInstance;
  readonly deps: Deps;
  /** What the first admin must enter; null once the server is set up. */
  readonly setupToken: string;
  /** Starts the background work of this process. */
  startWorkers(): void;
  close(): Promise<void>;
};

export type AppOptions = { readonly env: Env; readonly log?: Log; readonly now?: () => Date };

/** The whole API, assembled but not listening. The server and every test start from here. */
export async function createApp({
  env,
  log = createLog(env.LOG_LEVEL),
  now = () => new Date(),
}: AppOptions): Promise<App> {
  await migrateDatabase(env.DATABASE_URL);
  const database = openDatabase(env.DATABASE_URL);
  const wake = await createWakeHub(database);
  const deps: Deps = { env, database, vault: createVault(env.MASTER_KEY), log, wake, now };
  const http = createHttp(deps);
  return {
    http,
    deps,
    setupToken: setupToken(deps),
    startWorkers() {},
    async close() {
      await http.close();
      await wake.close();
      await database.close();
    },
  };
}

export { migrateDatabase } from "./platform/db.ts";
