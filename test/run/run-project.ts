import { startChild } from "@aparte/launch/process.ts";
import { mkdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ProjectName } from "./projects.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");

export type ProjectRun = {
  readonly exitCode: number | null;
  /** Vitest's report as JSON; null when it broke down before it could write one. */
  readonly report: string | null;
};

/**
 * Runs one project, or some files of it, printing its words as they come, and leaves its report as
 * `.aparte/test/<name>.json`.
 */
export async function runProject(
  name: ProjectName,
  print: (line: string) => void,
  files: readonly string[] = [],
): Promise<ProjectRun> {
  const folder = join(root, ".aparte", "test");
  await mkdir(folder, { recursive: true });
  // Named after this process, because two runs may share a checkout.
  const file = join(folder, `${name}-${process.pid}.json`);
  const child = await startChild({
    command: process.execPath,
    args: [
      vitest,
      "run",
      ...files,
      "--project",
      name,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ],
    cwd: root,
    env: { ...process.env, CI: "true" },
    onLine: print,
  });
  const exitCode = await child.exited;
  const report = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return null;
  });
  if (report !== null) await rename(file, join(folder, `${name}.json`));
  return { exitCode, report };
}
