import type { FastifyInstance } from "fastify";
import type { Deps } from "./platform/context.ts";
import { createVault } from "./platform/crypto.ts";
import { migrateDatabase, openDatabase } from "./platform/db.ts";
import type { Env } from "./platform/env.ts";
import { noFailpoint, type Failpoint } from "./platform/failpoint.ts";
import { openFileStore } from "./platform/open-file-store.ts";
import { createLog, type Log } from "./platform/log.ts";
import { createWakeHub } from "./platform/wake.ts";
import { createHttp } from "./http.ts";
import { loadHolidayTables } from "./contacts/holidays.ts";
import { startConsentWorkers } from "./consent/jobs.ts";
import { startCrmReaders } from "./crm/in-jobs.ts";
import { startCrmWorkers } from "./crm/jobs.ts";
import { setupToken } from "./identity/service.ts";
import { startMediaWorkers } from "./media/jobs.ts";
import { startHealthTicker, startMessagingWorkers, usualLane, type LaneOptions } from "./messaging/workers.ts";
import { startPrivacyWorkers } from "./privacy/jobs.ts";
import { openReadLog } from "./privacy/reads.ts";
import type { Loop } from "./platform/loop.ts";
import { startTemplatesWorkers } from "./templates/jobs.ts";

export type App = {
  readonly http: FastifyInstance;
  readonly deps: Deps;
  /** What the first admin must enter while the server is not set up. */
  readonly setupToken: string;
  /** Starts the background work that belongs to this role; `close` ends it. */
  start(role: Env["ROLE"]): void;
  close(): Promise<void>;
};

export type AppOptions = {
  readonly env: Env;
  readonly log?: Log;
  readonly now?: () => Date;
  /** For tests alone, as is `lane`: what happens at the moments in which everything may go wrong. */
  readonly failpoint?: Failpoint;
  readonly lane?: Partial<LaneOptions>;
};

/** The whole API, assembled but not listening. The server and every test start from here. */
export async function createApp({
  env,
  log = createLog(env.LOG_LEVEL),
  now = () => new Date(),
  failpoint = noFailpoint,
  lane = {},
}: AppOptions): Promise<App> {
  await migrateDatabase(env.DATABASE_URL);
  const database = openDatabase(env.DATABASE_URL);
  const wake = await createWakeHub(database);
  const vault = createVault(env.MASTER_KEY);
  const reads = openReadLog({ database, log, now });
  const deps: Deps = { env, database, files: openFileStore(env), vault, log, reads, wake, now, failpoint };
  const http = createHttp(deps);
  const loops: Loop[] = [];
  return {
    http,
    deps,
    setupToken: setupToken(deps),
    start(role) {
      // In the background: whoever asks first would wait for it.
      void loadHolidayTables();
      if (role !== "worker") loops.push(startHealthTicker(deps));
      if (role !== "api")
        loops.push(
          ...startConsentWorkers(deps),
          ...startMediaWorkers(deps),
          ...startMessagingWorkers(deps, { ...usualLane, ...lane }),
          ...startTemplatesWorkers(deps),
          ...startCrmWorkers(deps),
          ...startCrmReaders(deps),
          ...startPrivacyWorkers(deps),
        );
    },
    async close() {
      await http.close();
      await Promise.all(loops.map((loop) => loop.stop()));
      await reads.close();
      await wake.close();
      await database.close();
    },
  };
}

export { migrateDatabase } from "./platform/db.ts";
export { openFileStore } from "./platform/open-file-store.ts";
/** For tests that enumerate what can be called; clients know the type alone. */
export { appRouter } from "./router.ts";
/** For the bench, which measures it without what is around it. */
export { appendEntries } from "./consent/append.ts";
