import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { installChromium } from "./chromium/install.ts";
import { unpackedChromium } from "./chromium/unpack.ts";
import { type FoundChromium, refusal } from "./chromium/usable.ts";

/** Where Chromium stands when a person or a system's package installed it. */
const USUAL_PLACES: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/local/bin/chromium", "/snap/bin/chromium"],
  darwin: [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    join(homedir(), "Applications/Chromium.app/Contents/MacOS/Chromium"),
  ],
  win32: [join(process.env["LOCALAPPDATA"] ?? "C:\\", "Chromium\\Application\\chrome.exe")],
};

/**
 * Finds a Chromium, or installs one when `install` is set. Google Chrome and Edge do not count: since version 137 they
 * ignore `--load-extension`. CHROMIUM_PATH names one explicitly.
 *
 * @returns the browser, or `missing`: in plain words why there is none and what to do.
 */
export async function findChromium(options: {
  install: boolean;
  log: (line: string) => void;
}): Promise<FoundChromium | { missing: string }> {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined && named !== "") {
    const reason = await refusal({ executablePath: named });
    return reason === undefined ? { executablePath: named } : { missing: `CHROMIUM_PATH is ${named}: ${reason}` };
  }
  const { usable, broken } = await search();
  if (usable !== undefined) return usable;
  if (!options.install) return { missing: ["No Chromium was found.", NEXT_STEP, ...broken].join("\n") };

  const start = performance.now();
  options.log("No Chromium was found: installing one …");
  const problems = await installChromium(async () => (await search()).usable !== undefined);
  const after = await search();
  if (after.usable === undefined) {
    return { missing: ["Chromium could not be installed.", NEXT_STEP, ...problems, ...after.broken].join("\n") };
  }
  options.log(`Chromium installed (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return after.usable;
}

const NEXT_STEP =
  "Install Chromium with your system's package manager, or set CHROMIUM_PATH to one. Google Chrome and Edge cannot load the extension.";

/** The first Chromium that runs, and those that stand there but do not. */
async function search(): Promise<{ usable?: FoundChromium; broken: string[] }> {
  const places = [...(USUAL_PLACES[process.platform] ?? []), chromium.executablePath()];
  const broken: string[] = [];
  for (const candidate of [...places.map((executablePath) => ({ executablePath })), await unpackedChromium()]) {
    if (candidate === undefined || !existsSync(candidate.executablePath)) continue;
    const reason = await refusal(candidate);
    if (reason === undefined) return { usable: candidate, broken };
    broken.push(`${candidate.executablePath}: ${reason}`);
  }
  return { broken };
}
