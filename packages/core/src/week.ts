/** A stretch of a day by the clock on the wall, "HH:MM" to "HH:MM": the first is inside, the last is not. "24:00" ends a day. */
export type Interval = readonly [from: string, to: string];

/** When messages may arrive, Monday first. Each day lists its stretches in order; none: that day rests. */
export type Week = readonly [
  monday: readonly Interval[],
  tuesday: readonly Interval[],
  wednesday: readonly Interval[],
  thursday: readonly Interval[],
  friday: readonly Interval[],
  saturday: readonly Interval[],
  sunday: readonly Interval[],
];

const rest: readonly Interval[] = [];

/** The same stretches from Monday on, for so many days; the other days rest. */
export function daysAlike(days: 5 | 6 | 7, ...hours: readonly Interval[]): Week {
  const saturday = days > 5 ? hours : rest;
  const sunday = days > 6 ? hours : rest;
  return [hours, hours, hours, hours, hours, saturday, sunday];
}

/** Whether each stretch begins before it ends and after the one before: whoever reads them stops at the first that fits. */
export function inOrder(hours: readonly Interval[]): boolean {
  return hours.every(([from, to], at) => from < to && (hours[at - 1]?.[1] ?? "") < from);
}
