import { describe, expect, it } from "vitest";
import { afterAnotherLook, sum, tallyOf, worthAnotherLook, type RunTally } from "./tally.ts";

const file = (status: string, ...assertions: string[]) => ({
  name: "/firm/a.test.ts",
  status,
  assertionResults: assertions.map((assertion, index) => ({ status: assertion, fullName: `test ${index}` })),
});
const report = (...testResults: ReturnType<typeof file>[]) => JSON.stringify({ testResults, success: true });
const tally = (run: { exitCode: number | null; report: string | null }) => {
  const { passed, failed } = tallyOf(run);
  return { passed, failed };
};

it("counts the tests of all files, and names those that failed", () => {
  const run = { exitCode: 1, report: report(file("passed", "passed", "passed"), file("failed", "passed", "failed")) };
  expect(tallyOf(run)).toEqual({
    passed: 3,
    failed: 1,
    failures: [{ file: "/firm/a.test.ts", test: "test 1", message: "" }],
  });
});

it.each([
  ["a file that cannot be loaded", { exitCode: 1, report: report(file("passed", "passed"), file("failed")) }, 1],
  ["an error outside of every test", { exitCode: 1, report: report(file("passed", "passed")) }, 1],
  ["a run that ends without a report", { exitCode: 1, report: null }, 0],
  ["a run that was killed after its report", { exitCode: null, report: report(file("passed", "passed")) }, 1],
])("is not deceived by %s", (_, run, passed) => {
  expect(tally(run)).toEqual({ passed, failed: 1 });
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

describe("another look", () => {
  const failing = (...tests: readonly (readonly [file: string, test: string | null])[]): RunTally => ({
    passed: 10,
    failed: tests.length,
    failures: tests.map(([name, test]) => ({ file: name, test, message: "" })),
  });

  it("is taken at a few files, never at a run that broke down or at a whole suite that fails", () => {
    expect(worthAnotherLook(failing(["a", "1"], ["a", "2"], ["b", null]))).toEqual(["a", "b"]);
    expect(worthAnotherLook(failing())).toEqual([]);
    expect(worthAnotherLook({ passed: 3, failed: 1, failures: [] })).toEqual([]);
    expect(worthAnotherLook(failing(["a", "1"], ["b", "1"], ["c", "1"], ["d", "1"]))).toEqual([]);
  });

  it("counts what passed then, and names it; what fails again has failed", () => {
    const first = failing(["a", "1"], ["a", "2"]);
    const seen = afterAnotherLook(first, { ...failing(["a", "2"]), passed: 4 });
    expect(seen).toMatchObject({ passed: 11, failed: 1, failures: [{ test: "2" }], unsteady: [{ test: "1" }] });
  });

  it("hides nothing that only fails the second time, or a second run that breaks down", () => {
    expect(afterAnotherLook(failing(["a", "1"]), failing(["a", "9"]))).toMatchObject({ failed: 1, passed: 11 });
    expect(afterAnotherLook(failing(["a", "1"]), failing(["a", null]))).toMatchObject({ failed: 1, unsteady: [] });
    const broken = { passed: 0, failed: 1, failures: [] };
    expect(afterAnotherLook(failing(["a", "1"]), broken)).toMatchObject({ failed: 1, passed: 10, unsteady: [] });
  });
});
