import { expect, it } from "vitest";
import { sum, tallyOf } from "./tally.ts";

const file = (status: string, ...assertions: string[]) => ({
  status,
  assertionResults: assertions.map((assertion) => ({ status: assertion })),
});
const report = (...testResults: ReturnType<typeof file>[]) => JSON.stringify({ testResults, success: true });

it("counts the tests of all files", () => {
  const run = { exitCode: 1, report: report(file("passed", "passed", "passed"), file("failed", "passed", "failed")) };
  expect(tallyOf(run)).toEqual({ passed: 3, failed: 1 });
});

it.each([
  ["a file that cannot be loaded", { exitCode: 1, report: report(file("passed", "passed"), file("failed")) }, 1],
  ["an error outside of every test", { exitCode: 1, report: report(file("passed", "passed")) }, 1],
  ["a run that ends without a report", { exitCode: 1, report: null }, 0],
  ["a run that was killed after its report", { exitCode: null, report: report(file("passed", "passed")) }, 1],
])("is not deceived by %s", (_, run, passed) => {
  expect(tallyOf(run)).toEqual({ passed, failed: 1 });
});

it("adds up", () => {
  expect(sum([])).toEqual({ passed: 0, failed: 0 });
  expect(
    sum([
      { passed: 2, failed: 1 },
      { passed: 3, failed: 0 },
    ]),
  ).toEqual({ passed: 5, failed: 1 });
});
