import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { lastWords, runToEnd } from "../bootstrap/run-to-end.mjs";
import { unpackChromium } from "./unpack.ts";

/** Debian's packages: the browser, and letters for the names and messages it has to show. */
const PACKAGES = ["chromium", "fonts-noto-core", "fonts-noto-color-emoji"] as const;

const INSTALL_WITHIN_MS = 15 * 60_000;
const LOCK_RETRY_FOR_MS = 5 * 60_000;
const LOCK_RETRY_EVERY_MS = 2000;

/**
 * Tries every way that this machine allows, until `done` says that a usable Chromium is there: apt as root or through
 * a password-free sudo, Debian's packages unpacked into the checkout, Playwright's download.
 *
 * @returns why each way that was tried failed, for the person to read.
 */
export async function installChromium(done: () => Promise<boolean>): Promise<string[]> {
  const problems: string[] = [];
  for (const [name, attempt] of await ways()) {
    const problem = await attempt();
    if (await done()) return [];
    problems.push(`${name}: ${problem ?? "what it installed does not run"}`);
  }
  return problems;
}

type Way = [name: string, attempt: () => Promise<string | undefined>];

async function ways(): Promise<Way[]> {
  const playwright: Way = ["Playwright", downloadWithPlaywright];
  const hasApt = (await runToEnd(["apt-get", "--version"])).code === 0;
  if (!hasApt) return [playwright];
  const unpack: Way = ["Unpacking Debian's packages", () => unpackChromium(PACKAGES)];
  if (process.getuid?.() === 0) return [["apt-get", () => aptInstall([])], unpack, playwright];
  const hasSudo = (await runToEnd(["sudo", "-n", "true"])).code === 0;
  return [...(hasSudo ? [["sudo apt-get", () => aptInstall(["sudo", "-n"])] satisfies Way] : []), unpack, playwright];
}

/** Another apt on the machine, perhaps a second checkout's, holds locks for minutes: wait for it. */
async function aptInstall(prefix: readonly string[]): Promise<string | undefined> {
  const aptGet = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"];
  const commands = [
    [...aptGet, "update"],
    [...aptGet, "install", "-y", "--no-install-recommends", ...PACKAGES],
  ];
  for (const command of commands) {
    const problem = await retryWhileLocked(command);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

async function retryWhileLocked(command: readonly string[]): Promise<string | undefined> {
  for (const deadline = Date.now() + LOCK_RETRY_FOR_MS; ; await delay(LOCK_RETRY_EVERY_MS)) {
    const { code, output } = await runToEnd(command, { timeout: INSTALL_WITHIN_MS });
    if (code === 0) return undefined;
    const locked = /Could not get lock|Unable to (acquire|lock)/.test(output);
    if (!locked || Date.now() > deadline) return lastWords(output);
  }
}

async function downloadWithPlaywright(): Promise<string | undefined> {
  const cli = join(dirname(createRequire(import.meta.url).resolve("playwright-core/package.json")), "cli.js");
  const { code, output } = await runToEnd([process.execPath, cli, "install", "chromium"], {
    timeout: INSTALL_WITHIN_MS,
  });
  return code === 0 ? undefined : lastWords(output);
}
