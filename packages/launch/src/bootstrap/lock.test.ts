import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withLock } from "./lock.mjs";

// Starting a Node takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let directory: string;
let lock: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "aparte-lock-"));
  lock = join(directory, "lock");
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(directory, { recursive: true, force: true });
});

/** A process that notes when it enters and leaves the locked part, and may hold it until it is killed. */
function contender(name: string, holdMs: number): ChildProcess {
  const script = `
    import { appendFileSync } from "node:fs";
    import { setTimeout as delay } from "node:timers/promises";
    const [module, lock, notes, name, holdMs] = process.argv.slice(1);
    const { withLock } = await import(module);
    await withLock(lock, async () => {
      appendFileSync(notes, name + " in\\n");
      await delay(Number(holdMs));
      appendFileSync(notes, name + " out\\n");
    });`;
  const module = new URL("./lock.mjs", import.meta.url).href;
  const args = ["--input-type=module", "-e", script, module, lock, join(directory, "notes"), name, String(holdMs)];
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  children.push(child);
  return child;
}

async function notes(): Promise<string[]> {
  return (await readFile(join(directory, "notes"), "utf8")).trim().split("\n");
}

test("processes take turns", async () => {
  const contenders = ["a", "b", "c", "d"].map((name) => contender(name, 50));
  await Promise.all(contenders.map((child) => once(child, "exit")));
  const lines = await notes();
  expect(lines).toHaveLength(8);
  for (let i = 0; i < lines.length; i += 2) {
    expect(lines[i + 1]).toBe(lines[i]?.replace(" in", " out"));
  }
  expect(existsSync(lock)).toBe(false);
});

test("a lock whose holder was killed is taken over by exactly one of those who wait", async () => {
  const holder = contender("killed", 600_000);
  await expect.poll(() => existsSync(join(directory, "notes")), { timeout: 30_000 }).toBe(true);
  const waiting = ["a", "b", "c"].map((name) => contender(name, 50));
  holder.kill("SIGKILL");
  await Promise.all(waiting.map((child) => once(child, "exit")));
  const lines = await notes();
  expect(lines).toHaveLength(7);
  for (let i = 1; i < lines.length; i += 2) {
    expect(lines[i + 1]).toBe(lines[i]?.replace(" in", " out"));
  }
});

test("a lock that nobody has touched for long is taken over, whoever has its process id now", async () => {
  await writeFile(lock, String(process.ppid));
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(lock, longAgo, longAgo);
  expect(await withLock(lock, () => Promise.resolve("done"))).toBe("done");
});

test("the lock is given back when the work fails", async () => {
  await expect(withLock(lock, () => Promise.reject(new Error("no network")))).rejects.toThrow("no network");
  expect(existsSync(lock)).toBe(false);
});
