import { setTimeout as delay } from "node:timers/promises";
import { isRunning } from "../process-table.ts";
import { findRunning } from "./adopt.ts";
import { chooseAccount, type Cluster } from "./account.ts";
import { findBinaries } from "./binaries.ts";
import { ensureCluster, ensurePassword, SUPERUSER } from "./cluster.ts";
import { launchPostmaster } from "./postmaster.ts";
import type { Postmaster } from "./postmaster-pid.ts";
import { runProgram } from "./program.ts";

export interface StartOptions {
  /** The cluster's own directory. Its password and log stand beside it, as `<dataDir>.password` and `<dataDir>.log`. */
  dataDir: string;
  /** Wished TCP port on 127.0.0.1; the next free one is taken instead, and an adopted server keeps its own. */
  port?: number;
  /** Told in one line each what happens. */
  log?: (line: string) => void;
}

export interface RunningPostgres {
  /** Superuser URL of the database `postgres`. */
  url: string;
  port: number;
  pid: number;
  /** Stops in order: sessions are ended, data is written out. Resolves when the process is gone. */
  stop(): Promise<void>;
  /** Kills the server on the spot (SIGKILL), as a power cut would. */
  kill(): void;
}

const DEFAULT_PORT = 15_432;
/** After a crash the old backends need a moment to notice; until then a new server refuses their shared memory. */
const RETRY_FOR_MS = 15_000;
const RETRY_EVERY_MS = 200;
const STOP_WITHIN_S = 60;

/**
 * Starts the embedded Postgres on `dataDir`, making the cluster on first use. A server that already runs there is
 * adopted; one that was killed is recovered with every committed row.
 *
 * @throws Error in plain words when the directory holds another major version or foreign data, when root finds no
 * account to run it under, or when the server ends with an error (its last words are quoted).
 */
export async function startPostgres({ dataDir, port, log = () => {} }: StartOptions): Promise<RunningPostgres> {
  const cluster = await chooseAccount(dataDir, await findBinaries());
  const password = await ensurePassword(`${dataDir}.password`, cluster.dataDir);
  await ensureCluster(cluster, password);
  const urlOf = (actual: number): string => `postgres://${SUPERUSER}:${password}@127.0.0.1:${actual}/postgres`;

  for (const deadline = Date.now() + RETRY_FOR_MS; ; await delay(RETRY_EVERY_MS)) {
    const running = await findRunning(cluster.dataDir, urlOf);
    if (running !== undefined) {
      log(`Postgres was still running: adopted (pid ${running.pid}, port ${running.port})`);
      return handle(cluster, running, urlOf(running.port));
    }
    const outcome = await launchPostmaster(cluster, port ?? DEFAULT_PORT, `${dataDir}.log`);
    if (outcome.ok) {
      log(`Postgres started (pid ${outcome.postmaster.pid}, port ${outcome.postmaster.port})`);
      return handle(cluster, outcome.postmaster, urlOf(outcome.postmaster.port));
    }
    if (Date.now() > deadline) {
      throw new Error(
        `Postgres did not start on ${dataDir} within ${RETRY_FOR_MS / 1000} s: ${outcome.refused}. See ${dataDir}.log`,
      );
    }
  }
}

function handle({ dataDir, binaries, runAs }: Cluster, { pid, port }: Postmaster, url: string): RunningPostgres {
  return {
    url,
    port,
    pid,
    async stop() {
      if (!isRunning(pid)) return;
      const args = ["stop", "-D", dataDir, "-m", "fast", "-w", "-t", String(STOP_WITHIN_S)];
      const { code, output } = await runProgram(runAs, binaries.pgCtl, args);
      if (code !== 0 && isRunning(pid)) throw new Error(`Postgres did not stop: ${output.trim()}`);
    },
    kill() {
      if (isRunning(pid)) process.kill(pid, "SIGKILL");
    },
  };
}
