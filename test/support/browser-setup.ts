import { buildAll } from "@aparte/launch/build.ts";
import { findChromium } from "@aparte/launch/chromium.ts";
import type { FoundChromium } from "@aparte/launch/chromium/usable.ts";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    chromium: FoundChromium;
  }
}

/** Makes sure that the clients under test are the ones in this checkout, and that there is a browser to run them in. */
export default async function setup(project: TestProject): Promise<void> {
  const log = (line: string): void => void process.stdout.write(`${line}\n`);
  await buildAll({ firefox: true, log });
  const found = await findChromium({ install: true, log });
  if ("missing" in found) throw new Error(found.missing);
  project.provide("chromium", found);
}
