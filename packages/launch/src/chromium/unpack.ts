import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { lastWords, runToEnd } from "./run.ts";
import type { FoundChromium } from "./usable.ts";

const TOOLS = join(import.meta.dirname, "..", "..", "..", "..", ".tools");
const HOME = join(TOOLS, "chromium");
const DOWNLOAD_WITHIN_MS = 15 * 60_000;

/**
 * Debian's Chromium without root: apt resolves and downloads it with lists and archives of our own, and what the
 * machine has not installed is unpacked into `.tools/chromium`.
 *
 * @returns why it did not work, or undefined when it did.
 */
export async function unpackChromium(packages: readonly string[]): Promise<string | undefined> {
  await mkdir(TOOLS, { recursive: true });
  const work = await mkdtemp(join(TOOLS, "chromium-"));
  try {
    const archives = join(work, "cache", "archives");
    await mkdir(join(archives, "partial"), { recursive: true });
    await mkdir(join(work, "state", "lists", "partial"), { recursive: true });
    const aptGet = ["apt-get", ...aptOptions(work)];
    const download = [...aptGet, "install", "-y", "--no-install-recommends", "--download-only", ...packages];
    for (const command of [[...aptGet, "update"], download]) {
      const { code, output } = await runToEnd(command, { withinMs: DOWNLOAD_WITHIN_MS });
      if (code !== 0) return lastWords(output);
    }
    const unpacked = join(work, "unpacked");
    for (const archive of (await readdir(archives)).filter((name) => name.endsWith(".deb"))) {
      const { code, output } = await runToEnd(["dpkg", "-x", join(archives, archive), unpacked]);
      if (code !== 0) return lastWords(output);
    }
    await rm(HOME, { recursive: true, force: true });
    await rename(unpacked, HOME);
    return undefined;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The browser that an earlier start unpacked, with the libraries and fonts beside it; undefined when there is none. */
export async function unpackedChromium(): Promise<FoundChromium | undefined> {
  const folders = await readdir(join(HOME, "usr", "lib")).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return new Array<string>();
    throw error;
  });
  if (!folders.includes("chromium")) return undefined;
  const libraries = folders
    .filter((name) => name.endsWith("-linux-gnu"))
    .flatMap((triplet) => [join(HOME, "usr", "lib", triplet), join(HOME, "lib", triplet)]);
  return {
    executablePath: join(HOME, "usr", "lib", "chromium", "chromium"),
    env: { LD_LIBRARY_PATH: libraries.join(":"), FONTCONFIG_SYSROOT: HOME },
  };
}

/** Everything apt writes goes below `work`; which packages the machine has is read from the machine. */
function aptOptions(work: string): string[] {
  return [
    `Dir::State=${join(work, "state")}`,
    "Dir::State::status=/var/lib/dpkg/status",
    `Dir::Cache=${join(work, "cache")}`,
    "Debug::NoLocking=1",
    "APT::Sandbox::User=",
  ].flatMap((option) => ["-o", option]);
}
