/** How often and after how long a class of errors is worth another try. */
type Backoff = { readonly firstMs: number; readonly factor: number; readonly maxMs: number; readonly tries: number };

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

const backoffs = {
  /** 130429: more messages per second than the number may send. */
  throughput: { firstMs: second, factor: 2, maxMs: minute, tries: 10 },
  /** 131056: too many to one person; Meta asks for 4^n seconds, n from 0. */
  pair: { firstMs: second, factor: 4, maxMs: hour, tries: 7 },
  /** Management calls are counted by the hour. */
  hourly: { firstMs: 5 * minute, factor: 2, maxMs: hour, tries: 6 },
  /** 131048: the number sends what people block or report; haste makes it worse. */
  spam: { firstMs: hour, factor: 4, maxMs: 24 * hour, tries: 3 },
  /** A trouble of Meta's own. */
  service: { firstMs: 2 * second, factor: 4, maxMs: 5 * minute, tries: 5 },
  /** Throughput upgrades and registrations take up to about a minute. */
  maintenance: { firstMs: 15 * second, factor: 2, maxMs: 2 * minute, tries: 6 },
} as const satisfies Record<string, Backoff>;
export type BackoffName = keyof typeof backoffs;

/** The wait after the `attempt`-th failed try, counted from 0, in milliseconds; null when the tries are used up. */
export function backoffDelayMs(name: BackoffName, attempt: number): number | null {
  const { firstMs, factor, maxMs, tries } = backoffs[name];
  return attempt < tries ? Math.min(firstMs * factor ** attempt, maxMs) : null;
}
