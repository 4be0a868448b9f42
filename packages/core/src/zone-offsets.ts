/** A stretch of time in which the clocks of a zone do not change. Moments are milliseconds since 1970 in UTC. */
export type Stretch = {
  /** What the wall clock shows more than UTC, in milliseconds. */
  readonly offset: number;
  readonly from: number;
  /** The first moment that is no longer part of it. */
  readonly to: number;
};

const minute = 60_000;
const day = 86_400_000;

/** Asking Intl for every moment would take a thousand times as long. */
const years = new Map<string, readonly Stretch[]>();
const lastAsked = new Map<string, Stretch>();
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The stretch around `at`, cut at the ends of its UTC year.
 * @param zone IANA name; @throws RangeError when there is no such zone.
 */
export function stretchAt(zone: string, at: number): Stretch {
  const last = lastAsked.get(zone);
  if (last && last.from <= at && at < last.to) return last;
  const found = stretchesAround(zone, at).find(({ to }) => at < to);
  if (!found) throw new RangeError("No such moment.");
  lastAsked.set(zone, found);
  return found;
}

function stretchesAround(zone: string, at: number): readonly Stretch[] {
  const year = new Date(at).getUTCFullYear();
  const key = `${zone} ${year}`;
  const known = years.get(key);
  if (known) return known;
  const stretches = stretchesOf(zone, year);
  years.set(key, stretches);
  return stretches;
}

/** Changes less than a day apart would be missed; no zone has had any since 1970. */
function stretchesOf(zone: string, year: number): readonly Stretch[] {
  const end = Date.UTC(year + 1, 0);
  const stretches: Stretch[] = [];
  let from = Date.UTC(year, 0);
  let offset = offsetAt(zone, from);
  for (let before = from, after = from + day; before < end; before = after, after = Math.min(after + day, end)) {
    const next = after < end ? offsetAt(zone, after) : offset;
    if (next === offset) continue;
    const change = changeBetween(zone, before, after);
    stretches.push({ offset, from, to: change });
    from = change;
    offset = next;
  }
  return [...stretches, { offset, from, to: end }];
}

/** The minute at which the offset of `before` ends. */
function changeBetween(zone: string, before: number, after: number): number {
  const offset = offsetAt(zone, before);
  let [low, high] = [before, after];
  while (high - low > minute) {
    const middle = low + Math.floor((high - low) / minute / 2) * minute;
    if (offsetAt(zone, middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}

/** Intl writes "1/5/2027, GMT+05:30", and "GMT" alone for zero. */
function offsetAt(zone: string, at: number): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    formats.set(zone, format);
  }
  const [, sign, hours, minutes] = /GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(format.format(at)) ?? [];
  const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * minute;
  return sign === "-" ? -size : size;
}
