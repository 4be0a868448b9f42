import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { commandLine, isRunning } from "../process-table.ts";

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

/** Whether the process is the server of this data directory. Where the system cannot be asked, it is taken for it. */
export function isServerOf(pid: number, dataDir: string): boolean {
  return isRunning(pid) && (commandLine(pid)?.includes(` -D ${dataDir} `) ?? true);
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
