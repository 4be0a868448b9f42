import type { FenceResult } from "./chaos.ts";

/** A promise, what was seen of it, and whether that keeps it. */
export type Bar = { readonly seen: number; readonly promised: string; readonly isKept: boolean };

const ms = (value: number) => Number(value.toFixed(1));

/** One row for each level: how the races ended, and how long opting out took. */
export function fenceTable({ levels }: FenceResult): Readonly<Record<string, Readonly<Record<string, number>>>> {
  return Object.fromEntries(
    levels.map(({ level, ends, took, bareCommit, kills, seconds }) => [
      level.name,
      {
        "opt-outs": level.optOuts,
        ...ends,
        kills,
        "panel p50 ms": ms(took.panel.p50),
        "panel p99 ms": ms(took.panel.p99),
        "bare commit p50 ms": ms(bareCommit.p50),
        "bare commit p99 ms": ms(bareCommit.p99),
        "STOP p50 ms": ms(took.stop.p50),
        "STOP p99 ms": ms(took.stop.p99),
        seconds: Math.round(seconds),
      },
    ]),
  );
}

/** Longest time from an opt-out at the panel to its acknowledgement, and from STOP to the ledger, without faults. */
const slowest = { panel: 50, stop: 1_000 } as const;

/** The promises, measured. Without the fence there must be violations: a race that cannot be lost proves nothing. */
export function fenceBars({ levels, cancelled, otherwise }: FenceResult): Readonly<Record<string, Bar>> {
  const violationsOf = (fenced: boolean) =>
    levels.filter(({ level }) => level.fenced === fenced).reduce((sum, { ends }) => sum + ends.violations, 0);
  const [calm] = levels.filter(({ level }) => level.fenced && level.slowestMs === 0);
  const panel = calm?.took.panel.p99 ?? Infinity;
  const stop = calm?.took.stop.p99 ?? Infinity;
  return {
    "violations with the fence": bar(violationsOf(true), "0", (seen) => seen === 0),
    "violations without it": bar(violationsOf(false), "> 0", (seen) => seen > 0),
    "opt-out p99, calm, ms": bar(panel, `≤ ${slowest.panel}`, (seen) => seen <= slowest.panel),
    "STOP to recorded p99, calm, ms": bar(stop, `≤ ${slowest.stop}`, (seen) => seen <= slowest.stop),
    "queued ones stopped, p50, ms": bar(cancelled.p50, "≤ 5000", (seen) => seen <= 5_000),
    // What a killed worker had claimed waits for its lease: thirty seconds.
    "queued ones stopped, p99, ms": bar(cancelled.p99, "≤ 35000", (seen) => seen <= 35_000),
    "ended for another reason": bar(otherwise, "0", (seen) => seen === 0),
  };
}

function bar(seen: number, promised: string, keeps: (seen: number) => boolean): Bar {
  return { seen: ms(seen), promised, isKept: keeps(seen) };
}
