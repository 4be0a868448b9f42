import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { withLock } from "./bootstrap/lock.mjs";
import { runToEnd } from "./bootstrap/run-to-end.mjs";

const ROOT = join(import.meta.dirname, "..", "..", "..");

interface Target {
  name: string;
  /** The package whose `build` script makes it, and what that script is given. */
  folder: string;
  args: string[];
  /** The finished product, as a folder of the checkout. */
  output: string;
}

const CONSOLE: Target = { name: "console", folder: "packages/console", args: [], output: "packages/console/dist" };
const CHROMIUM: Target = { name: "extension", folder: "extension", args: [], output: "extension/.output/chrome-mv3" };
const FIREFOX: Target = {
  name: "extension for Firefox",
  folder: "extension",
  args: ["-b", "firefox", "--mv3"],
  output: "extension/.output/firefox-mv3",
};

/** What the clients are made of besides their own folder; the API's types leave no trace in a bundle. */
const INPUTS = [
  "packages/core",
  "packages/ui",
  "packages/chat",
  "packages/i18n",
  "pnpm-lock.yaml",
  "tsconfig.base.json",
];
const NOT_INPUTS = new Set(["node_modules", "dist", ".output", ".wxt"]);

/**
 * Builds the console and the extension, each only when something it is made of has changed since its last build.
 *
 * @throws Error with the build's own words when one fails.
 */
export async function buildAll(options: { firefox: boolean; log: (line: string) => void }): Promise<void> {
  const stamps = join(ROOT, ".aparte", "builds");
  await mkdir(stamps, { recursive: true });
  await withLock(join(stamps, "lock"), async () => {
    for (const target of [CONSOLE, CHROMIUM, ...(options.firefox ? [FIREFOX] : [])]) {
      await buildWhenChanged(target, join(stamps, target.name.replaceAll(" ", "-")), options.log);
    }
  });
}

async function buildWhenChanged(target: Target, stamp: string, log: (line: string) => void): Promise<void> {
  const start = performance.now();
  const wanted = await fingerprint([target.folder, ...INPUTS]);
  if (existsSync(join(ROOT, target.output)) && existsSync(stamp) && (await readFile(stamp, "utf8")) === wanted) {
    log(`The ${target.name} is up to date`);
    return;
  }
  await runBuildScript(target);
  await writeFile(stamp, wanted);
  log(`Built the ${target.name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
}

/** A hash over the names and contents of all source files below these paths; tests are not part of a bundle. */
async function fingerprint(paths: string[]): Promise<string> {
  const files = (await Promise.all(paths.map((path) => sourceFiles(join(ROOT, path))))).flat();
  const hash = createHash("sha256");
  for (const file of files.toSorted()) {
    hash.update(`\0${relative(ROOT, file).replaceAll(sep, "/")}\0`).update(await readFile(file));
  }
  return hash.digest("hex");
}

async function sourceFiles(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOTDIR") return undefined;
    throw error;
  });
  if (entries === undefined) return [path];
  const wanted = entries.filter(({ name }) => !NOT_INPUTS.has(name) && !/\.(test|fixture)\.tsx?$/.test(name));
  const found = wanted.map(async ({ name }) => sourceFiles(join(path, name)));
  return (await Promise.all(found)).flat();
}

/** Node runs the package's own script, so that `build` means the same thing here as for a person in that folder. */
async function runBuildScript({ name, folder, args }: Target): Promise<void> {
  const { code, output } = await runToEnd([process.execPath, "--run", "build", "--", ...args], {
    cwd: join(ROOT, folder),
    // A test run's NODE_ENV would put React's development build into the bundle.
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (code !== 0) throw new Error(`The ${name} could not be built:\n${output.trim()}`);
}

if (process.argv[1] === import.meta.filename) {
  await buildAll({ firefox: true, log: (line) => console.log(line) }).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
