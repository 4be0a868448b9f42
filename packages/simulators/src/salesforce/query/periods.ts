const DAY_MS = 86_400_000;

/** A stretch of days: from the first one up to, but without, `end`. Days are `2026-11-22`. */
export type Period = { start: string; end: string };

type Unit = "DAY" | "WEEK" | "MONTH" | "QUARTER" | "YEAR";
const MONTHS: Readonly<Partial<Record<Unit, number>>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };

const NAMED: Readonly<Record<string, readonly [from: number, to: number]>> = {
  YESTERDAY: [-1, 0],
  TODAY: [0, 1],
  TOMORROW: [1, 2],
  LAST_90_DAYS: [-90, 1],
  NEXT_90_DAYS: [1, 91],
};
const RELATIVE = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/u;
const COUNTED = /^(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S$/u;
const AGO = /^N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO$/u;

/**
 * The days that a date literal of SOQL stands for; `count` is the n of `LAST_N_DAYS:n`. Undefined: there is no such
 * literal. Weeks begin on Sunday. Source: SOQL and SOSL Reference, Date Formats and Date Literals.
 */
export function readPeriod(name: string, count: number | undefined, today: string): Period | undefined {
  const days = NAMED[name];
  if (days !== undefined && count === undefined) return { start: shift(today, days[0]), end: shift(today, days[1]) };
  const [, which, unit] = RELATIVE.exec(name) ?? [];
  if (isUnit(unit) && count === undefined) {
    const from = which === "LAST" ? -1 : which === "THIS" ? 0 : 1;
    return units(today, unit, { from, to: from + 1 });
  }
  if (count === undefined) return undefined;
  const [, direction, counted] = COUNTED.exec(name) ?? [];
  if (isUnit(counted)) {
    // Days count up to today and from tomorrow on; longer units leave out the one that is not over.
    const last = { from: -count, to: counted === "DAY" ? 1 : 0 };
    return units(today, counted, direction === "LAST" ? last : { from: 1, to: 1 + count });
  }
  const ago = AGO.exec(name)?.[1];
  return isUnit(ago) ? units(today, ago, { from: -count, to: 1 - count }) : undefined;
}

function isUnit(name: string | undefined): name is Unit {
  return name === "DAY" || name === "WEEK" || (name !== undefined && Object.hasOwn(MONTHS, name));
}

function units(today: string, unit: Unit, { from, to }: { from: number; to: number }): Period {
  return { start: unitStart(today, unit, from), end: unitStart(today, unit, to) };
}

/** The first day of the unit that lies `offset` units after the one with this day in it. */
function unitStart(day: string, unit: Unit, offset: number): string {
  if (unit === "DAY") return shift(day, offset);
  const date = new Date(day);
  if (unit === "WEEK") return shift(day, offset * 7 - date.getUTCDay());
  const months = MONTHS[unit] ?? 1;
  const first = Math.floor(date.getUTCMonth() / months) * months;
  return dayOf(Date.UTC(date.getUTCFullYear(), first + offset * months, 1));
}

function shift(day: string, days: number): string {
  return dayOf(Date.parse(day) + days * DAY_MS);
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The day of a moment (ms since the epoch) in an IANA time zone. */
export function dayIn(zone: string, at: number): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" }).format(at);
}

/** When a day begins in an IANA time zone, in ms since the epoch. */
export function startOfDay(day: string, zone: string): number {
  const utc = Date.parse(day);
  const offsetAt = (at: number) => Date.parse(`${wallClock(zone, at)}Z`) - at;
  // The second look is for days on which the clocks change.
  return utc - offsetAt(utc - offsetAt(utc));
}

function wallClock(zone: string, at: number): string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  return format.format(at).replace(" ", "T");
}
