import { allowedFrom, firstAllowed, type Hours } from "@aparte/core/quiet-hours.ts";
import type { Interval, Week } from "@aparte/core/week.ts";
import { afterAll, expect, test } from "vitest";

/**
 * Every time zone of this machine, two years, every 15 minutes: what `allowedFrom` says against the wall clock of the
 * process itself, which the engine keeps apart from Intl's formats.
 */
const day = 86_400_000;
const step = 15 * 60_000;
const start = Date.UTC(2026, 0, 1);
const end = Date.UTC(2028, 0, 1);

/** Clocks change at night, mostly on Sundays: the hours lie around those times, so that each change moves an edge. */
const nights: readonly Interval[] = [
  ["00:15", "02:15"],
  ["02:45", "03:00"],
  ["09:00", "20:00"],
  ["23:30", "24:00"],
];
const nightly: Week = [
  nights,
  nights,
  [],
  [
    ["10:00", "13:00"],
    ["14:00", "20:00"],
  ],
  nights,
  [["00:00", "24:00"]],
  nights,
];
const holidays = ["2026-05-14", "2026-12-25", "2027-03-28", "2027-10-31"];
const resting = new Set(holidays.map((date) => Number(date.replaceAll("-", ""))));

const open = nightly.map((hours) => {
  const quarters = Array.from({ length: 96 }, () => false);
  for (const [from, to] of hours) quarters.fill(true, quarterOf(from), quarterOf(to));
  return quarters;
});

function quarterOf(time: string): number {
  return Number(time.slice(0, 2)) * 4 + Number(time.slice(3)) / 15;
}

const before = process.env["TZ"];
afterAll(() => {
  if (before === undefined) delete process.env["TZ"];
  else process.env["TZ"] = before;
});

/** Whether the wall clock of the process is inside the window. */
function inside(at: Date): boolean {
  if (resting.has(at.getFullYear() * 10_000 + (at.getMonth() + 1) * 100 + at.getDate())) return false;
  return open[(at.getDay() + 6) % 7]?.[at.getHours() * 4 + Math.floor(at.getMinutes() / 15)] === true;
}

/** The holidays around a moment: nobody is asked about those of a whole year. */
function holidaysNear(moment: number): string[] {
  return holidays.filter((date) => Math.abs(Date.parse(date) - moment) < 16 * day);
}

function inWords({ week, zones, holidays }: Hours, at: Date): number {
  return Date.parse(allowedFrom(week, zones, holidays, at) ?? "");
}

/** Backwards in time, so that the next allowed moment is known at every step. */
function differences(zone: string): { steps: number; allowed: number; wrong: string[] } {
  process.env["TZ"] = zone;
  const wrong: string[] = [];
  let hours: Hours = { week: nightly, zones: [zone], holidays };
  let next = 0;
  let allowed = 0;
  let steps = 0;
  for (let moment = end + 14 * day - step; moment >= start; moment -= step) {
    const at = new Date(moment);
    const now = inside(at);
    if (now) next = moment;
    if (moment >= end) continue;
    steps += 1;
    if (now) allowed += 1;
    const newDay = steps % 96 === 1;
    if (newDay) hours = { week: nightly, zones: [zone], holidays: holidaysNear(moment) };
    const agree = firstAllowed(hours, moment) === next && (!newDay || inWords(hours, at) === next);
    if (!agree) wrong.push(`${zone} ${at.toISOString()}`);
  }
  return { steps, allowed, wrong };
}

test("no moment outside the hours is allowed, and none inside them is missed", { timeout: 300_000 }, () => {
  const zones = Intl.supportedValuesOf("timeZone");
  expect(zones.length).toBeGreaterThan(400);
  for (const zone of zones) {
    const { steps, allowed, wrong } = differences(zone);
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(steps).toBe((end - start) / step);
    expect(allowed).toBeGreaterThan(steps / 3);
  }
});
