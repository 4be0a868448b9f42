import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";

/** What a running server writes into `postmaster.pid`; `ready` is false while it starts, recovers or stops. */
export interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

/**
 * Reads `postmaster.pid` (PostgreSQL's `pidfile.h`: line 1 is the pid, line 4 the port, line 8 the status).
 *
 * @returns undefined when no server has written a usable one.
 */
export async function readPostmaster(dataDir: string): Promise<Postmaster | undefined> {
  const text = await readFile(pidFile(dataDir), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n").map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0), ready: lines[7] === "ready" };
}

/** Whether a process with this id runs; a dead one that nobody has reaped yet does not count. */
export function isRunning(pid: number): boolean {
  return exists(pid) && commandLine(pid) !== "";
}

/** Whether the process is the server of this data directory. Where the system cannot be asked, it is taken for it. */
export function isServerOf(pid: number, dataDir: string): boolean {
  return isRunning(pid) && (commandLine(pid)?.includes(` -D ${dataDir} `) ?? true);
}

/** Whether the id is taken at all, by whatever process: the question Postgres itself asks. */
export function exists(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Marks `postmaster.pid` as left over. After a power cut its process id may belong to any other program, and Postgres
 * would then refuse to start. It never counts its own parent as a running server, so we write our id; the other
 * lines stay, because by them Postgres finds backends that are still attached to the old shared memory.
 */
export async function disownPostmaster(dataDir: string): Promise<void> {
  const [, ...rest] = (await readFile(pidFile(dataDir), "utf8")).split("\n");
  const file = await open(pidFile(dataDir), "r+");
  try {
    const text = [String(process.pid), ...rest].join("\n");
    await file.truncate(0);
    await file.write(text, 0);
  } finally {
    await file.close();
  }
}

function pidFile(dataDir: string): string {
  return join(dataDir, "postmaster.pid");
}

/** The command line of a process, empty for one that is dead but not reaped, undefined where it cannot be known. */
function commandLine(pid: number): string | undefined {
  if (process.platform === "linux") {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    } catch {
      return "";
    }
  }
  if (process.platform === "win32") return undefined;
  const { status, stdout } = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}
