import type { ConsentPolicy } from "./consent-policy.ts";
import { frenchPlaces } from "./country-rules.ts";
import { daysAlike, type Week } from "./week.ts";
import { stretchAt } from "./zone-offsets.ts";

const elsewhere = daysAlike(6, ["09:00", "20:00"]);

/**
 * Hours for marketing where a country's law names some, or custom does; narrower than the law, so that a late delivery
 * is still inside. US: 47 CFR 64.1200(c)(1), 8 to 21, some states 20. India: 10 to 21 (TCCCPR).
 */
const countryWeeks: Readonly<Record<string, Week>> = {
  US: daysAlike(7, ["09:00", "20:00"]),
  IN: daysAlike(7, ["10:00", "20:00"]),
};

/** France's hours for calls (decree 2022-1313). */
const frenchCalls = daysAlike(5, ["10:00", "13:00"], ["14:00", "20:00"]);

/** When marketing may arrive in a country (ISO 3166 alpha-2; null when unknown) under the firm's policy. */
export function countryWeek(country: string | null, policy: ConsentPolicy): Week {
  if (country !== null && policy.strictFrance && frenchPlaces.has(country)) return frenchCalls;
  if (policy.quietHours.marketing !== "by_country") return policy.quietHours.marketing;
  return countryWeeks[country ?? ""] ?? elsewhere;
}

const minute = 60_000;
const day = 86_400_000;
const searchedDays = 14;

/** When messages may arrive: by the wall clock of every zone (IANA names), never on a holiday (local date, YYYY-MM-DD). */
export type Hours = { readonly week: Week; readonly zones: readonly string[]; readonly holidays: readonly string[] };

/**
 * The first moment from `at` on (ISO 8601) at which the wall clock of every zone is inside the week's hours: `at` itself
 * when it is. Null when there is none within 14 days.
 */
export function allowedFrom(
  week: Week,
  zones: readonly string[],
  holidays: readonly string[],
  at: Date,
): string | null {
  const moment = firstAllowed({ week, zones, holidays }, at.getTime());
  return moment === null ? null : new Date(moment).toISOString();
}

/**
 * The same in milliseconds since 1970. The wall clock alone decides: a time that a change of the clocks leaves out never
 * comes, a time that it repeats comes twice.
 */
export function firstAllowed({ week, zones, holidays }: Hours, at: number): number | null {
  const latest = at + searchedDays * day;
  let moment = at;
  let agreed = 0;
  for (let turn = 0; agreed < zones.length; turn = (turn + 1) % zones.length) {
    const next = nextIn(zones[turn] ?? "UTC", { week, holidays, latest }, moment);
    if (next > latest) return null;
    agreed = next === moment ? agreed + 1 : 1;
    moment = next;
  }
  return moment;
}

type Search = { readonly week: Week; readonly holidays: readonly string[]; readonly latest: number };

/** The first moment from `at` on inside the window of one zone; one after `latest` when there is none until then. */
function nextIn(zone: string, { week, holidays, latest }: Search, at: number): number {
  let moment = at;
  while (moment <= latest) {
    const stretch = stretchAt(zone, moment);
    const wall = moment + stretch.offset;
    const midnight = Math.floor(wall / day) * day;
    const opens = holidays.length > 0 && holidays.includes(dateOf(midnight)) ? null : opening(week, midnight, wall);
    const end = Math.min(stretch.to, midnight + day - stretch.offset);
    if (opens !== null && opens - stretch.offset < end) return opens - stretch.offset;
    moment = end;
  }
  return moment;
}

/** The first time of that day, from `wall` on, inside one of its stretches. */
function opening(week: Week, midnight: number, wall: number): number | null {
  // 1 January 1970 was a Thursday.
  const hours = week[(midnight / day + 3) % 7] ?? [];
  for (const [from, to] of hours) {
    if (wall < midnight + clock(to)) return Math.max(wall, midnight + clock(from));
  }
  return null;
}

/** "HH:MM" as milliseconds after midnight; without pieces of text, because a campaign asks this for everybody. */
function clock(time: string): number {
  const digit = (place: number): number => time.charCodeAt(place) - 48;
  return ((digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4)) * minute;
}

function dateOf(midnight: number): string {
  return new Date(midnight).toISOString().slice(0, 10);
}
