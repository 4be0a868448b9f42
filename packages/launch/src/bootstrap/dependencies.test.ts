import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ensureDependencies } from "./dependencies.mjs";

// Starting a Node takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let root: string;

/** A checkout with a package manager that only notes what it was asked for. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "aparte-dependencies-"));
  await mkdir(join(root, ".tools"));
  await mkdir(join(root, "packages"));
  const note = `
    import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
    mkdirSync("node_modules", { recursive: true });
    writeFileSync("node_modules/.modules.yaml", "");
    appendFileSync("asked", process.argv.slice(2).filter((word) => !word.startsWith("--config")).join(" ") + "\\n");`;
  await writeFile(join(root, ".tools", "pnpm.mjs"), note);
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function install(set: "product" | "everything"): Promise<string[]> {
  const directory = join(root, ".tools");
  const tools = { node: process.execPath, pnpm: join(directory, "pnpm.mjs"), env: process.env, directory };
  await ensureDependencies(root, tools, set);
  return (await readFile(join(root, "asked"), "utf8")).trim().split("\n");
}

const product = "install --frozen-lockfile --filter !@aparte/test";
const everything = "install --frozen-lockfile";

test("the product comes without the tests' packages, once", async () => {
  expect(await install("product")).toEqual([product]);
  expect(await install("product")).toEqual([product]);
});

test("the tests bring the rest, and then the product has what it needs", async () => {
  await install("product");
  expect(await install("everything")).toEqual([product, everything]);
  expect(await install("product")).toEqual([product, everything]);
});

test("other versions are installed again", async () => {
  await install("everything");
  await writeFile(join(root, "pnpm-lock.yaml"), "lockfileVersion: '9.0'");
  expect(await install("product")).toEqual([everything, product]);
  expect(await install("everything")).toEqual([everything, product, everything]);
});
