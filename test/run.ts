import { describeResult, runChecks } from "@aparte/launch/check.ts";
import { relative } from "node:path";
import { projects, type ProjectName } from "./run/projects.ts";
import { runProject } from "./run/run-project.ts";
import {
  afterAnotherLook,
  sum,
  tallyOf,
  worthAnotherLook,
  type Failure,
  type RunTally,
  type Tally,
} from "./run/tally.ts";

/**
 * `npm test`: all that is tested, quickest first, and at its end one line that says how it went. `--only <stage>` runs a
 * single stage. Whatever a stage needs (database, builds, browser) it makes for itself, on ports of its own. What failed is
 * named once more at the end, and so is what failed and passed when its file was run again alone.
 */

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** What is named at the end, each in its own words: of a long run somebody may see no more than that. */
const failed: string[] = [];
const unsteady: string[] = [];

type Stage = { readonly name: string; readonly run: () => Promise<Tally> };

/** Each check counts like one test. */
const check: Stage = {
  name: "check",
  async run() {
    const results = await runChecks((result) => print(describeResult(result)));
    const passed = results.filter(({ ok }) => ok).length;
    failed.push(...results.filter(({ ok }) => !ok).map((result) => lastLines(describeResult(result))));
    return { passed, failed: results.length - passed };
  },
};

function testing(name: ProjectName): Stage {
  return {
    name,
    async run() {
      const tally = await runTwiceIfNeeded(name);
      const [ran, { floor }] = [tally.passed + tally.failed, projects[name]];
      if (ran >= floor) return tally;
      failed.push(`Only ${ran} tests of "${name}" ran, but there are at least ${floor}: the run has gone blind.`);
      return { ...tally, failed: tally.failed + 1 };
    },
  };
}

async function runTwiceIfNeeded(name: ProjectName): Promise<Tally> {
  const first = tallyOf(await runProject(name, print));
  const files = worthAnotherLook(first);
  if (files.length === 0) {
    failed.push(...wordsOf(name, first));
    return first;
  }
  print(`\nOnce more, alone: ${files.join(", ")}`);
  const tally = afterAnotherLook(first, tallyOf(await runProject(name, print, files)));
  failed.push(...wordsOf(name, tally));
  unsteady.push(...tally.unsteady.map(wordsOfFailure));
  return tally;
}

function wordsOf(name: ProjectName, { failed: count, failures }: RunTally): string[] {
  if (count > 0 && failures.length === 0) return [`"${name}" broke down as a whole: its own output says why.`];
  return failures.map(wordsOfFailure);
}

function wordsOfFailure({ file, test, message }: Failure): string {
  const place = `${relative(process.cwd(), file)}${test === null ? "" : ` > ${test}`}`;
  return [place, ...message.split("\n").slice(0, 4)].join("\n    ");
}

/** The first line, which says what it was, and the end, where programs say what is wrong. */
function lastLines(output: string): string {
  const [first = "", ...rest] = output.split("\n");
  return [first, ...rest.slice(-40)].join("\n    ");
}

function printAll(title: string, texts: readonly string[]): void {
  if (texts.length > 0) print(`\n${title}`);
  for (const text of texts) print(`  ${text}`);
}

const stages: readonly Stage[] = [check, testing("unit"), testing("contract"), testing("flows"), testing("e2e")];

/** All stages, or the one that `--only` names; null when that makes no sense. */
function chosen([flag, name, ...more]: readonly string[]): readonly Stage[] | null {
  if (flag === undefined) return stages;
  const wanted = stages.filter((stage) => stage.name === name);
  return flag === "--only" && wanted.length === 1 && more.length === 0 ? wanted : null;
}

async function runStage({ name, run }: Stage): Promise<Tally> {
  print(`\n▸ ${name}`);
  const start = performance.now();
  const tally = await run().catch((error: unknown) => {
    failed.push(`"${name}" broke down: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1 };
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  print(`${tally.failed === 0 ? "✓" : "✗"} ${name}: ${tally.passed} of ${tally.passed + tally.failed} in ${seconds} s`);
  return tally;
}

// Given up: leave through `exit`, so that what was started ends too.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

const wanted = chosen(process.argv.slice(2));
if (wanted === null) {
  print(`Usage: npm test, or npm test -- --only ${stages.map((stage) => stage.name).join("|")}`);
  process.exit(2);
}
const tallies: Tally[] = [];
for (const stage of wanted) tallies.push(await runStage(stage));
printAll("Unsteady: failed, and passed when run again alone", unsteady);
printAll("Failed", failed);
const total = sum(tallies);
print(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
