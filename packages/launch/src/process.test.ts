import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, test, vi } from "vitest";
import { isRunning } from "./process-table.ts";
import { type Child, startChild } from "./process.ts";

// Starting a Node takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const children: Child[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill();
});

async function run(script: string, onLine?: (line: string) => void): Promise<Child> {
  const child = await startChild({ command: process.execPath, args: ["-e", script], ...(onLine ? { onLine } : {}) });
  children.push(child);
  return child;
}

const withGrandchild = `
  const { spawn } = require("node:child_process");
  const inner = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  console.log("inner " + inner.pid);
  setInterval(() => {}, 1000);`;

test("a line is found whether it was printed before or after asking", async () => {
  const child = await run(
    `console.log("ready on 4100"); setTimeout(() => console.error("second"), 50); setInterval(() => {}, 1000)`,
  );
  expect((await child.waitForLine(/ready on (\d+)/, 30_000))[1]).toBe("4100");
  await child.waitForLine(/second/, 30_000);
  expect((await child.waitForLine(/ready on (\d+)/, 30_000))[1]).toBe("4100");
});

test("every line of both streams is passed on", async () => {
  const lines: string[] = [];
  const child = await run(`console.log("one"); console.error("two"); process.stdout.write("three")`, (line) =>
    lines.push(line),
  );
  expect(await child.exited).toBe(0);
  expect(lines.toSorted()).toEqual(["one", "three", "two"]);
});

test("a child that ends before the line says how, with its last words", async () => {
  const child = await run(`console.error("port taken"); process.exit(3)`);
  await expect(child.waitForLine(/ready/, 30_000)).rejects.toThrow(/code 3.*port taken/s);
});

test("a silent child is not waited for for ever", async () => {
  const child = await run("setInterval(() => {}, 1000)");
  await expect(child.waitForLine(/ready/, 50)).rejects.toThrow("silent for 0.05 s");
});

test("stopping ends the children of the child too", async () => {
  const child = await run(withGrandchild);
  const inner = Number((await child.waitForLine(/inner (\d+)/, 30_000))[1]);
  await child.stop();
  expect(isRunning(child.pid)).toBe(false);
  await expect.poll(() => isRunning(inner), { timeout: 30_000 }).toBe(false);
});

test("a child that does not listen is ended by force", async () => {
  const child = await run(`process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)`);
  await child.waitForLine(/up/, 30_000);
  await child.stop(100);
  expect(isRunning(child.pid)).toBe(false);
});

test("children end with the process that started them", async () => {
  const script = `
    const { startChild } = await import(process.argv[1]);
    const child = await startChild({ command: process.execPath, args: ["-e", "setInterval(() => {}, 1000)"] });
    console.log(child.pid);
    process.exit(0);`;
  const module = new URL("./process.ts", import.meta.url).href;
  const starter = spawn(process.execPath, ["--input-type=module", "-e", script, module], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [chunk] = (await once(starter.stdout, "data")) as [Buffer];
  await once(starter, "exit");
  await expect.poll(() => isRunning(Number(chunk.toString())), { timeout: 30_000 }).toBe(false);
});

test("a program that does not exist is an error at once", async () => {
  await expect(startChild({ command: "/nonexistent/program", args: [] })).rejects.toThrow("ENOENT");
});
