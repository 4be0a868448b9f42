import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findChromium } from "./chromium.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "aparte-chromium-"));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true, force: true });
});

/** Names a program that answers like a browser of this version line, and looks for Chromium. */
async function findNamed(script: string): ReturnType<typeof findChromium> {
  const program = join(directory, "browser");
  await writeFile(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  vi.stubEnv("CHROMIUM_PATH", program);
  return findChromium({ install: false, log: () => {} });
}

test.each(["Chromium 156.0.8078.79 built on Debian", "Google Chrome for Testing 159.0.8154.6"])(
  "the browser that CHROMIUM_PATH names is taken: %s",
  async (version) => {
    expect(await findNamed(`echo "${version}"`)).toEqual({ executablePath: join(directory, "browser") });
  },
);

test.each(["Google Chrome 156.0.8078.79", "Microsoft Edge 156.0.1.2"])(
  "a browser that ignores unpacked extensions is refused: %s",
  async (version) => {
    expect(await findNamed(`echo "${version}"`)).toEqual({
      missing: expect.stringContaining("cannot load the extension"),
    });
  },
);

test("a browser that does not run is refused with its own words", async () => {
  const found = await findNamed('echo "libnss3.so: cannot open shared object file" >&2; exit 127');
  expect(found).toEqual({ missing: expect.stringContaining("libnss3.so") });
});

test("a path that leads nowhere is named", async () => {
  vi.stubEnv("CHROMIUM_PATH", join(directory, "gone"));
  const found = await findChromium({ install: false, log: () => {} });
  expect(found).toEqual({ missing: expect.stringContaining(`${join(directory, "gone")}: there is no such file`) });
});
