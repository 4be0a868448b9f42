// The door of every root script: `node packages/launch/bootstrap.mjs <command> [args]`. It runs on the Node that the
// machine has (20 or newer) with nothing installed, gets what is missing, and hands over to the command's TypeScript.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { StepFailed } from "./src/bootstrap/step.mjs";
import { ensureDependencies } from "./src/bootstrap/dependencies.mjs";
import { runCommand } from "./src/bootstrap/run-command.mjs";
import { ensureTools } from "./src/bootstrap/tools.mjs";

const ENTRIES = {
  start: "packages/launch/src/start.ts",
  test: "test/run.ts",
  check: "packages/launch/src/check.ts",
  build: "packages/launch/src/build.ts",
  sim: "packages/simulators/src/main.ts",
  bench: "test/bench/run.ts",
  chaos: "test/chaos/run.ts",
};

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * @param {string | undefined} command
 * @returns {string} the absolute path of the command's TypeScript
 */
function entryOf(command) {
  const entry = Object.entries(ENTRIES).find(([name]) => name === command)?.[1];
  if (entry === undefined) {
    throw new StepFailed(`Unknown command "${command ?? ""}". Commands: ${Object.keys(ENTRIES).join(", ")}.`);
  }
  const path = join(root, entry);
  if (!existsSync(path)) throw new StepFailed(`This checkout has no ${entry}, which "npm run ${command}" would run.`);
  return path;
}

// Given up while something is installed: leave in order, so that the installation ends too and the lock goes.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

try {
  const [command, ...args] = process.argv.slice(2);
  const entry = entryOf(command);
  const tools = await ensureTools(root);
  await ensureDependencies(root, tools);
  await runCommand(tools, [entry, ...args]);
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
