import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, test, vi } from "vitest";

// Starting a Node takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** A launcher process that hands over to a command given as JavaScript text. */
function launcher(command: string, args: string[] = []): { process: ChildProcess; lines: string[] } {
  const script = `
    const { runCommand } = await import(process.argv[1]);
    await runCommand({ node: process.execPath, env: process.env }, JSON.parse(process.argv[2]));`;
  const module = new URL("./run-command.mjs", import.meta.url).href;
  const handedOver = JSON.stringify(["-e", command, ...args]);
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, module, handedOver], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const lines: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => lines.push(...chunk.toString().trim().split("\n")));
  return { process: child, lines };
}

test("arguments and exit code pass through", async () => {
  const run = launcher("console.log(process.argv.slice(1).join()); process.exit(7)", ["one", "--once"]);
  expect(await once(run.process, "close")).toEqual([7, null]);
  expect(run.lines).toEqual(["one,--once"]);
});

test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
  "%s reaches the command, which may end in order",
  async (signal) => {
    const run = launcher(`
    process.on("${signal}", () => { console.log("closing"); setTimeout(() => process.exit(0), 100); });
    setInterval(() => {}, 1000);
    console.log("ready");`);
    await expect.poll(() => run.lines, { timeout: 30_000 }).toContain("ready");
    run.process.kill(signal);
    expect(await once(run.process, "close")).toEqual([0, null]);
    expect(run.lines).toEqual(["ready", "closing"]);
  },
);

test("a command that a signal ends makes the launcher end by the same signal", async () => {
  const run = launcher('process.kill(process.pid, "SIGKILL")');
  expect(await once(run.process, "close")).toEqual([null, "SIGKILL"]);
});
