/** At this hour few people work, and no zone's clock jumps over it: most jump from two to three. */
const nightHour = 3;
const hourMs = 3_600_000;

/** The next full hour at which it is night in a zone (IANA), at least one hour from now. */
export function nightAfter(now: Date, timeZone: string): Date {
  const hour = new Intl.DateTimeFormat("en", { timeZone, hour: "numeric", hourCycle: "h23" });
  const first = Math.ceil(now.getTime() / hourMs) * hourMs;
  const hours = Array.from({ length: 26 }, (_, ahead) => new Date(first + (ahead + 1) * hourMs));
  return hours.find((moment) => Number(hour.format(moment)) === nightHour) ?? new Date(first + 24 * hourMs);
}
