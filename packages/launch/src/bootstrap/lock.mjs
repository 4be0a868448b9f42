import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 200;
const HEARTBEAT_MS = 2000;
/** A holder that has not touched its lock for this long is dead even if its process id lives on as something else. */
const STALE_MS = 30_000;

/**
 * Does the work while holding a lock file, so that two starts in one checkout take turns. A lock whose holder is gone
 * is taken over.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  let told = false;
  while (!take(file)) {
    if (isStale(file)) removeStale(file);
    else if (!told) {
      told = true;
      console.log("Another start prepares this checkout: waiting for it …");
    }
    await delay(POLL_MS);
  }
  const release = () => rmSync(file, { force: true });
  const heartbeat = setInterval(() => utimesSync(file, new Date(), new Date()), HEARTBEAT_MS);
  process.once("exit", release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.off("exit", release);
    release();
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** @param {string} file */
function isStale(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > STALE_MS) return true;
    const holder = Number(readFileSync(file, "utf8"));
    // Just made and not yet signed.
    return holder !== 0 && !isAlive(holder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

/**
 * Renaming gives the left-over lock to one taker only: a second one who judged the same lock stale finds nothing to
 * rename, or puts back what it took.
 *
 * @param {string} file
 */
function removeStale(file) {
  const taken = `${file}.${process.pid}`;
  try {
    renameSync(file, taken);
    if (isStale(taken)) rmSync(taken, { force: true });
    else renameSync(taken, file);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
