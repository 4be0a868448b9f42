import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Whether a process with this id runs; a dead one that nobody has reaped yet does not count. */
export function isRunning(pid: number): boolean {
  return idIsTaken(pid) && commandLine(pid) !== "";
}

/** Whether the id is taken at all, by whatever process: the question Postgres itself asks. */
export function idIsTaken(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The command line of a process, empty for one that is dead but not reaped, undefined where it cannot be known. */
export function commandLine(pid: number): string | undefined {
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
