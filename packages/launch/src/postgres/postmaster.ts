import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "../ports.ts";
import type { Cluster } from "./account.ts";
import { type Postmaster, readPostmaster } from "./postmaster-pid.ts";
import { programCommand } from "./program.ts";

/** Why a server did not come up, as far as another try may help. */
export type LaunchOutcome =
  | { ok: true; postmaster: Postmaster }
  | { ok: false; refused: "old_backends" | "port_taken" | "already_running" };

/** Crash recovery replays the log since the last checkpoint: long after a busy crash, yet never this long on a laptop. */
const READY_WITHIN_MS = 120_000;
const POLL_MS = 20;
const LOG_KEPT_BYTES = 5_000_000;

/**
 * Settings that differ from Postgres' own defaults; durability stays at its defaults (fsync and synchronous_commit on).
 * Statements and key values may hold phone numbers and message text, so error logs carry neither.
 */
const SETTINGS: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: "128MB",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  password_encryption: "scram-sha-256",
};

/**
 * Starts the server on `port` or the next free one, writing its log to `logFile`, and waits until it accepts
 * connections. It outlives this process on purpose: a killed launcher loses no data, and the next one adopts it.
 *
 * @throws Error with the server's last words when it ends for a reason that waiting does not cure.
 */
export async function launchPostmaster(cluster: Cluster, port: number, logFile: string): Promise<LaunchOutcome> {
  const logStart = await logSize(logFile);
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const args = ["-D", cluster.dataDir, "-p", String(await freePort(port)), ...settings];
  const { command, options } = programCommand(cluster.runAs, cluster.binaries.postgres, args);
  const log = openSync(logFile, logStart === 0 ? "w" : "a", 0o600);
  const [program, ...rest] = command;
  const child = spawn(program, rest, { ...options, detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  child.unref();

  const fate = watch(child);
  for (const deadline = Date.now() + READY_WITHIN_MS; fate.end === undefined; await delay(POLL_MS)) {
    const postmaster = await readPostmaster(cluster.dataDir);
    if (postmaster?.ready && postmaster.pid === child.pid) return { ok: true, postmaster };
    if (Date.now() > deadline) break;
  }
  child.kill("SIGINT");
  const lastWords = (await readFile(logFile)).subarray(logStart).toString().trim();
  return explain(`${lastWords}\n(${fate.end ?? "not ready in time"}; log: ${logFile})`);
}

/** How the process ended, as soon as it has. */
function watch(child: ChildProcess): { end?: string } {
  const fate: { end?: string } = {};
  child.once("error", (error) => {
    fate.end = error.message;
  });
  child.once("exit", (code, signal) => {
    fate.end = `ended with ${signal ?? `code ${code}`}`;
  });
  return fate;
}

function explain(lastWords: string): LaunchOutcome {
  if (/is still in use|lock file .* is empty/.test(lastWords)) return { ok: false, refused: "old_backends" };
  if (/could not create any TCP\/IP sockets/.test(lastWords)) return { ok: false, refused: "port_taken" };
  if (/lock file "postmaster\.pid" already exists/.test(lastWords)) return { ok: false, refused: "already_running" };
  throw new Error(`Postgres did not start. Its last words:\n${lastWords}`);
}

/** Where this start's lines begin; a log that has grown large begins anew. */
async function logSize(logFile: string): Promise<number> {
  const size = await stat(logFile).then(
    (entry) => entry.size,
    () => 0,
  );
  return size > LOG_KEPT_BYTES ? 0 : size;
}
