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

/**
 * Where each command's TypeScript stands, and what it needs installed.
 *
 * @type {Record<string, { entry: string, needs: import("./src/bootstrap/dependencies.mjs").PackageSet }>}
 */
const COMMANDS = {
  start: { entry: "packages/launch/src/start.ts", needs: "product" },
  build: { entry: "packages/launch/src/build.ts", needs: "product" },
  sim: { entry: "packages/simulators/src/main.ts", needs: "product" },
  test: { entry: "test/run.ts", needs: "everything" },
  check: { entry: "packages/launch/src/check.ts", needs: "everything" },
  bench: { entry: "test/bench/run.ts", needs: "everything" },
  chaos: { entry: "test/chaos/run.ts", needs: "everything" },
};

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * @param {string | undefined} name
 * @returns the absolute path of the command's TypeScript, and what it needs
 */
function findCommand(name) {
  const command = Object.entries(COMMANDS).find(([known]) => known === name)?.[1];
  if (command === undefined) {
    throw new StepFailed(`Unknown command "${name ?? ""}". Commands: ${Object.keys(COMMANDS).join(", ")}.`);
  }
  const path = join(root, command.entry);
  if (!existsSync(path))
    throw new StepFailed(`This checkout has no ${command.entry}, which "npm run ${name}" would run.`);
  return { path, needs: command.needs };
}

// Given up while something is installed: leave in order, so that the installation ends too and the lock goes.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

try {
  const [name, ...args] = process.argv.slice(2);
  const { path, needs } = findCommand(name);
  const tools = await ensureTools(root);
  await ensureDependencies(root, tools, needs);
  await runCommand(tools, [path, ...args]);
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
