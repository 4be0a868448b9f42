import { z } from "zod";
import type { ProjectRun } from "./run-project.ts";

/** A test that failed, or a file that broke outside of its tests (`test` is null). */
export type Failure = { readonly file: string; readonly test: string | null; readonly message: string };

export type Tally = { readonly passed: number; readonly failed: number };

/** What a project's run says. A run that broke down as a whole has failed without a failure that could be named. */
export type RunTally = Tally & { readonly failures: readonly Failure[] };

export function sum(tallies: readonly Tally[]): Tally {
  const nothing = { passed: 0, failed: 0 };
  return tallies.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), nothing);
}

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

type FileReport = z.infer<typeof reportSchema>["testResults"][number];

/**
 * Counts what a project's run says. Whatever went wrong outside of a test counts as one failure more: a file that could
 * not be loaded, a set-up that broke, an error that nobody caught.
 */
export function tallyOf({ exitCode, report }: ProjectRun): RunTally {
  if (report === null) return { passed: 0, failed: 1, failures: [] };
  const files = reportSchema.parse(JSON.parse(report)).testResults;
  const passed = files.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === "passed"),
  ).length;
  const failures = files.flatMap(failuresOf);
  return { passed, failed: failures.length === 0 && exitCode !== 0 ? 1 : failures.length, failures };
}

function failuresOf({ name: file, status, message, assertionResults }: FileReport): Failure[] {
  const failed = assertionResults.filter((assertion) => assertion.status === "failed");
  if (failed.length === 0) return status === "failed" ? [{ file, test: null, message }] : [];
  return failed.map(({ fullName, failureMessages }) => ({
    file,
    test: fullName,
    message: failureMessages?.join("\n") ?? "",
  }));
}

/** More files than this do not fail because of a moment. */
const mostAgain = 3;

/** The files that are worth another look: a few that failed while others were running. None: what failed has failed. */
export function worthAnotherLook({ failed, failures }: RunTally): string[] {
  const files = [...new Set(failures.map(({ file }) => file))];
  return failed === failures.length && files.length <= mostAgain ? files : [];
}

/**
 * The tally after the failed files were run once more alone: what passed then is counted as passed, and is named as unsteady,
 * because somebody has to look at it.
 */
export function afterAnotherLook(
  first: RunTally,
  again: RunTally,
): RunTally & { readonly unsteady: readonly Failure[] } {
  if (again.failed > again.failures.length) return { ...first, unsteady: [] };
  const stillFails = ({ file, test }: Failure) =>
    again.failures.some((failure) => failure.file === file && (failure.test === test || failure.test === null));
  const unsteady = first.failures.filter((failure) => !stillFails(failure));
  const passed = first.passed + unsteady.filter(({ test }) => test !== null).length;
  return { passed, failed: again.failures.length, failures: again.failures, unsteady };
}
