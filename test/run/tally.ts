import { z } from "zod";
import type { ProjectRun } from "./run-project.ts";

export type Tally = { readonly passed: number; readonly failed: number };

export function sum(tallies: readonly Tally[]): Tally {
  const nothing = { passed: 0, failed: 0 };
  return tallies.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), nothing);
}

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/**
 * Counts what a project's run says. Whatever went wrong outside of a test counts as one failure more: a file that could
 * not be loaded, a set-up that broke, an error that nobody caught.
 */
export function tallyOf({ exitCode, report }: ProjectRun): Tally {
  if (report === null) return { passed: 0, failed: 1 };
  const files = reportSchema.parse(JSON.parse(report)).testResults;
  const states = files.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  const passed = states.filter((state) => state === "passed").length;
  const broken = files.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((assertion) => assertion.status === "failed"),
  ).length;
  const failed = states.filter((state) => state === "failed").length + broken;
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}
