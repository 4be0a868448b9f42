const day = 86_400_000;

/** How far ahead quiet hours look, and a day more for zones ahead of UTC. */
const daysAhead = 15;

const years = new Map<string, Promise<readonly string[]>>();

/**
 * The public holidays of a whole country (ISO 3166 alpha-2) from the day before `now` to 15 days after it, as local dates
 * (YYYY-MM-DD). Empty for countries whose holidays nobody wrote down; those of a region alone are left out.
 */
export async function holidaysAround(country: string, now: Date): Promise<readonly string[]> {
  const first = dateOf(now.getTime() - day);
  const last = dateOf(now.getTime() + daysAhead * day);
  const dates = await Promise.all([...new Set([yearOf(first), yearOf(last)])].map((year) => holidaysOf(country, year)));
  return dates.flat().filter((date) => first <= date && date <= last);
}

function holidaysOf(country: string, year: number): Promise<readonly string[]> {
  const key = `${country} ${year}`;
  const known = years.get(key);
  if (known) return known;
  const asked = readHolidays(country, year);
  years.set(key, asked);
  return asked;
}

/** The tables of all countries take most of a second to load and 30 MB to keep: a server asks for them when it starts. */
export function loadHolidayTables() {
  return import("date-holidays");
}

async function readHolidays(country: string, year: number): Promise<readonly string[]> {
  const { default: Holidays } = await loadHolidayTables();
  const found = new Holidays(country, { types: ["public"] }).getHolidays(year);
  return found.flatMap(({ date, start, end }) => datesFrom(date, (end.getTime() - start.getTime()) / day));
}

/** A feast may last some days; its first is written "2026-05-27 00:00:00 -0600". */
function datesFrom(written: string, days: number): string[] {
  const first = Date.parse(written.slice(0, 10));
  return Array.from({ length: Math.max(1, Math.round(days)) }, (_, later) => dateOf(first + later * day));
}

function dateOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}
