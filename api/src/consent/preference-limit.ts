/** So many times within a stretch of time. */
export type Limit = { readonly times: number; readonly ms: number };

export type Limiter = {
  /** Counts one more for this key; false when that is too many. */
  allows(key: string): boolean;
};

/** Keys that are remembered at most; beyond, those whose stretch began first are forgotten. */
const maxKeys = 50_000;

/**
 * Counts by key in stretches of time, in this process: each process allows as much. `now`: milliseconds since 1970.
 */
export function createLimiter({ times, ms }: Limit, now: () => number): Limiter {
  const counts = new Map<string, { readonly since: number; count: number }>();
  return {
    allows(key) {
      const known = counts.get(key);
      if (known && now() - known.since < ms) {
        known.count += 1;
        return known.count <= times;
      }
      counts.delete(key);
      counts.set(key, { since: now(), count: 1 });
      const [oldest] = counts.keys();
      if (counts.size > maxKeys && oldest !== undefined) counts.delete(oldest);
      return true;
    },
  };
}
