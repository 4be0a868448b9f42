import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { lastWords, runToEnd } from "../bootstrap/run-to-end.mjs";
import type { FoundChromium } from "./usable.ts";

const TOOLS = join(import.meta.dirname, "..", "..", "..", "..", ".tools");
const HOME = join(TOOLS, "chromium");
const FONT_SETTINGS = "fonts.conf";
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
      const { code, output } = await runToEnd(command, { timeout: DOWNLOAD_WITHIN_MS });
      if (code !== 0) return lastWords(output);
    }
    const unpacked = join(work, "unpacked");
    for (const archive of (await readdir(archives)).filter((name) => name.endsWith(".deb"))) {
      const { code, output } = await runToEnd(["dpkg", "-x", join(archives, archive), unpacked]);
      if (code !== 0) return lastWords(output);
    }
    await writeFile(join(unpacked, FONT_SETTINGS), fontSettings());
    await rm(HOME, { recursive: true, force: true });
    await rename(unpacked, HOME);
    return undefined;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Debian's own font settings are made by install scripts, which did not run, and know nothing of our directory. */
function fontSettings(): string {
  const families = {
    "sans-serif": "Noto Sans",
    "system-ui": "Noto Sans",
    serif: "Noto Serif",
    monospace: "Noto Sans Mono",
  };
  const aliases = Object.entries(families).map(
    ([generic, name]) =>
      `<alias><family>${generic}</family><prefer><family>${name}</family><family>Noto Color Emoji</family></prefer></alias>`,
  );
  const directories = [join(HOME, "usr", "share", "fonts"), "/usr/share/fonts"].map((path) => `<dir>${path}</dir>`);
  const cache = `<cachedir>${join(HOME, "font-cache")}</cachedir>`;
  return ["<fontconfig>", ...directories, cache, ...aliases, "</fontconfig>", ""].join("\n");
}

/** The browser that an earlier start unpacked, with the libraries and fonts beside it; undefined when there is none. */
export async function unpackedChromium(): Promise<FoundChromium | undefined> {
  const folders = await readdir(join(HOME, "usr", "lib")).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return new Array<string>();
    throw error;
  });
  if (!folders.includes("chromium")) return undefined;
  const libraries: string[] = [];
  for (const triplet of folders.filter((name) => name.endsWith("-linux-gnu"))) {
    const directory = join(HOME, "usr", "lib", triplet);
    const entries = await readdir(directory, { withFileTypes: true });
    // Some packages keep libraries for their own use one level deeper, PulseAudio for instance.
    const inner = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(directory, name));
    libraries.push(directory, join(HOME, "lib", triplet), ...inner);
  }
  return {
    executablePath: join(HOME, "usr", "lib", "chromium", "chromium"),
    env: { LD_LIBRARY_PATH: libraries.join(":"), FONTCONFIG_FILE: join(HOME, FONT_SETTINGS) },
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
