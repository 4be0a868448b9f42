import { parseArgs } from "node:util";
import { runChaos, type ChaosResult } from "./chaos.ts";
import { crms } from "./crm/books.ts";
import { runCrmChaos, type CrmChaosResult } from "./crm/chaos.ts";
import { categories } from "./driver.ts";
import { control, levelsFor, runFenceChaos, type FenceResult } from "./fence/chaos.ts";
import { fenceBars, fenceTable } from "./fence/report.ts";
import { runImports } from "./imports.ts";
import { runLedgerCheck } from "./ledger.ts";

/**
 * `npm run chaos -- --only sending|crm|fence|ledger|imports --seed S --kills K --messages N --opt-outs N --entries E --mutations M --rows R`:
 * all when `--only` is left out. Ends with 1 when a promise was broken.
 */

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    seed: { type: "string", default: "1" },
    messages: { type: "string" },
    "opt-outs": { type: "string", default: "100000" },
    kills: { type: "string", default: "20" },
    entries: { type: "string", default: "1000000" },
    mutations: { type: "string", default: "1000" },
    rows: { type: "string", default: "1000000" },
  },
});

function fail(problem: string): never {
  console.error(problem);
  return process.exit(2);
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0 ? value : fail(`--${name} must be a whole number above zero.`);
}

function printSending({ ends, violations, kills, losses, seconds }: ChaosResult): boolean {
  console.table(Object.fromEntries(categories.map((category) => [category, ends[category]])));
  const killed = `killed: worker ${kills.worker}, api ${kills.api}, Postgres ${kills.postgres}`;
  const lost = `lost: ${losses.answerLost} answers, ${losses.requestLost} requests, ${losses.refused} refused`;
  console.log(`${killed}; ${lost}; ${seconds.toFixed(0)} s`);
  console.log(violations.length === 0 ? "Every promise was kept." : `Broken promises: ${violations.join("; ")}`);
  return violations.length === 0;
}

function printCrm({ wrong, kills: killed, mishaps, sent, caughtUpSeconds, seconds }: CrmChaosResult): boolean {
  console.table(wrong);
  console.log(`killed: worker ${killed}; ${mishaps} mishaps of the CRMs beside the hour away`);
  const answers = `${sent.arrived} of ${sent.asked} answers reached WhatsApp meanwhile, the last after ${sent.slowestMs.toFixed(0)} ms`;
  console.log(
    `${answers}; caught up ${caughtUpSeconds.toFixed(0)} s after the CRMs came back; ${seconds.toFixed(0)} s`,
  );
  const isKept = crms.every((crm) => Object.values(wrong[crm]).every((count) => count === 0));
  const kept = isKept && sent.arrived === sent.asked && caughtUpSeconds <= 600;
  console.log(kept ? "Every promise was kept." : "Promises were broken.");
  return kept;
}

function printFence(result: FenceResult): boolean {
  console.table(fenceTable(result));
  const bars = fenceBars(result);
  console.table(bars);
  console.log(`${result.seconds.toFixed(0)} s`);
  const kept = Object.values(bars).every(({ isKept }) => isKept);
  console.log(kept ? "Every promise was kept." : "Promises were broken.");
  return kept;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));
const log = (line: string) => console.log(line);
const seed = wholeNumber("seed", values.seed);
const kills = wholeNumber("kills", values.kills);

async function sending(): Promise<boolean> {
  const messages = wholeNumber("messages", values.messages ?? "600");
  log(`Sending: ${messages} messages, seed ${seed}`);
  return printSending(await runChaos({ seed, messages, kills, log }));
}

/** Ten messages to a session; once with CRMs that refuse a second entry, once with CRMs that must be read back. */
async function crm(): Promise<boolean> {
  const messages = wholeNumber("messages", values.messages ?? "2000");
  const sessions = Math.ceil(messages / 10);
  let kept = true;
  for (const uniqueKeys of [true, false]) {
    log(
      `CRM, ${uniqueKeys ? "unique keys" : "reading back"}: ${messages} messages in ${sessions} sessions, seed ${seed}`,
    );
    kept = printCrm(await runCrmChaos({ seed, messages, sessions, kills, uniqueKeys, log })) && kept;
  }
  return kept;
}

/** A million entries are read within half a minute, and every one that was changed is found. */
async function ledger(): Promise<boolean> {
  const [entries, mutations] = [wholeNumber("entries", values.entries), wholeNumber("mutations", values.mutations)];
  log(`Ledger: ${entries} entries, ${mutations} mutations, seed ${seed}`);
  const run = await runLedgerCheck({ seed, entries, mutations, log });
  const [whole, tampered] = run.verifySeconds.map((seconds) => seconds.toFixed(1));
  log(`written and sealed in ${run.sealSeconds.toFixed(0)} s; verified in ${whole} s, with changes in ${tampered} s`);
  log(`${run.mutations - run.missed} of ${run.mutations} changes found, ${run.wrongAlarms} wrong alarms`);
  return run.missed === 0 && run.wrongAlarms === 0 && Math.max(...run.verifySeconds) <= 30;
}

/** A control run without the fence, which must show violations, then one with it. */
async function fence(): Promise<boolean> {
  const optOuts = wholeNumber("opt-outs", values["opt-outs"]);
  log(`Fence: ${optOuts} opt-outs, seed ${seed}`);
  return printFence(await runFenceChaos({ seed, levels: [control, ...levelsFor(optOuts, kills)], log }));
}

/** A file of a million consents goes in with bounded memory, and a worker that is killed half way changes nothing. */
async function imports(): Promise<boolean> {
  const rows = wholeNumber("rows", values.rows);
  log(`Imports: ${rows} rows`);
  const run = await runImports(rows, log);
  const rate = (seconds: number) => `${seconds.toFixed(0)} s (${Math.round(rows / seconds)} rows/s)`;
  log(
    `given in ${run.uploadSeconds.toFixed(0)} s, checked in ${rate(run.checkSeconds)}, run in ${rate(run.runSeconds)}`,
  );
  log(`memory of the worker: ${run.idleMb.toFixed(0)} MB before, ${run.peakMb.toFixed(0)} MB at most`);
  log(
    `${run.counts.recorded} recorded, ${run.counts.quarantined} kept back, ${run.entries} entries, ${run.people} people`,
  );
  const kept = run.counts.recorded === run.entries && run.counts.recorded + run.counts.quarantined === rows;
  return kept && run.peakMb - run.idleMb <= mostImportMb;
}

/** What a worker may need for a file of any length beside what it needs anyway, in MB. */
const mostImportMb = 256;

const runs: Readonly<Record<string, () => Promise<boolean>>> = { sending, crm, fence, ledger, imports };
const { only } = values;
if (only !== undefined && !(only in runs)) fail(`--only must be one of ${Object.keys(runs).join(", ")}.`);
let kept = true;
for (const [name, run] of Object.entries(runs)) if (only === undefined || only === name) kept = (await run()) && kept;
process.exitCode = kept ? 0 : 1;
