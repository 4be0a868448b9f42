import type postgres from "postgres";
import { check, type Ends } from "./check.ts";
import { watchCommits } from "./commits.ts";
import { doorNames, type DoorName, type Doors } from "./doors.ts";
import type { FenceFirm } from "./firm.ts";
import { introduce, introduceFromCrm, type Queue } from "./people.ts";
import { percentilesOf, type Percentiles } from "./percentiles.ts";
import { race } from "./race.ts";

/** One stretch of the run, with a lane of its own. */
export type Level = {
  readonly name: string;
  readonly optOuts: number;
  /** Sends under way at once, over all workers. */
  readonly inFlight: number;
  /** Longest time between the gate and the request, and again before WhatsApp notes its arrival, in milliseconds. */
  readonly slowestMs: number;
  /** kill -9 of a worker, spread over the opt-outs. */
  readonly kills: number;
  /** False: without a fence, to show that the race would tell. */
  readonly fenced: boolean;
};

export type LevelResult = {
  readonly level: Level;
  readonly ends: Readonly<Ends>;
  /** From asking to the acknowledgement, by each door. */
  readonly took: Readonly<Record<DoorName, Percentiles>>;
  /** A commit of nothing beside them: what any commit takes here. */
  readonly bareCommit: Percentiles;
  readonly kills: number;
  readonly seconds: number;
};

export type Stage = {
  readonly firm: FenceFirm;
  readonly sql: postgres.Sql;
  readonly doors: Doors;
  readonly queue: Queue;
  readonly random: () => number;
  readonly step: (what: string) => void;
};

/** People of the CRM are few: it tells of a change in its own time. */
const mostFromCrm = 60;
/** Between two opt-outs of a calm stretch: without it the machine would be full, and its queue would be measured. */
const ownPaceMs = 100;
/** Opt-outs that are not measured: the workers have just been started. */
const warmUp = 30;

/** Has new people opt out under the conditions of this level, and compares the books. */
export async function runLevel(stage: Stage, level: Level): Promise<LevelResult> {
  const { firm, sql, step } = stage;
  const { optOuts, inFlight, slowestMs, fenced } = level;
  const fromCrm = Math.min(mostFromCrm, Math.ceil(optOuts / 50));
  const people = [...(await introduceFromCrm(firm, sql, fromCrm)), ...(await introduce(firm, sql, optOuts - fromCrm))];
  await firm.employ({ workers: inFlight > 1 ? 2 : 1, inFlight, slowestMs, fenced });
  firm.tarry(slowestMs);
  const start = performance.now();
  const killer = killerOf(stage, level);
  const commits = watchCommits(sql, ownPaceMs);
  const done = await race({
    ...stage,
    people: mixed(people, stage.random),
    ...(slowestMs === 0
      ? { atOnce: 2, patienceMs: null, ahead: 8, everyMs: ownPaceMs }
      : { atOnce: inFlight + 1, patienceMs: 1_000, ahead: inFlight * 3 + 8, everyMs: 0 }),
    onOptOut: (count) => {
      killer.pass(count);
      if (count % 1_000 === 0) step(`${level.name}: ${count} of ${optOuts}, ${killer.kills()} kills`);
    },
  });
  const [kills, bareCommit] = [await killer.stop(), await commits.stop()];
  const warm = done.slice(warmUp);
  const took = Object.fromEntries(
    doorNames.map((name) => [
      name,
      percentilesOf(warm.filter(({ door }) => door === name).map((one) => one.acknowledgedAt - one.askedAt)),
    ]),
  ) as Record<DoorName, Percentiles>;
  const seconds = (performance.now() - start) / 1000;
  return { level, ends: await check(firm, done), took, bareCommit, kills, seconds };
}

/** Kills a worker whenever so many more have opted out, one after the other. */
function killerOf({ firm }: Stage, { optOuts, kills: planned }: Level) {
  const every = planned > 0 ? Math.max(1, Math.floor(optOuts / (planned + 1))) : Infinity;
  let kills = 0;
  let killing: Promise<void> = Promise.resolve();
  return {
    kills: () => kills,
    pass(count: number): void {
      if (count % every !== 0 || kills >= planned) return;
      kills += 1;
      killing = killing.then(() => firm.replaceOne());
    },
    async stop(): Promise<number> {
      await killing;
      return kills;
    },
  };
}

function mixed<T>(all: readonly T[], random: () => number): T[] {
  return all
    .map((one) => ({ one, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ one }) => one);
}
