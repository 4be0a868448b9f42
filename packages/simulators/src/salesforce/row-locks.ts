import type { VirtualClock } from "../platform/clock.ts";
import { refused } from "./salesforce-error.ts";

/** Whoever writes: one call to the API, whatever the number of its records. */
export type LockHolder = object;

/** Rows that writes keep to themselves for a time, as Salesforce locks the parents of what it saves. */
export class RowLocks {
  readonly #clock: VirtualClock;
  readonly #held = new Map<string, { until: number; holder: LockHolder }>();

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** Locks these rows for `forMs`, or refuses (400 UNABLE_TO_LOCK_ROW) because somebody else holds one of them. */
  take(ids: readonly string[], holder: LockHolder, forMs: number): void {
    const now = this.#clock.now();
    const held = ids.filter((id) => {
      const lock = this.#held.get(id);
      return lock !== undefined && lock.holder !== holder && lock.until > now;
    });
    if (held.length > 0) {
      throw refused(
        "UNABLE_TO_LOCK_ROW",
        `unable to obtain exclusive access to this record or ${held.length} records: ${held.join(",")}`,
      );
    }
    if (forMs > 0) this.hold(ids, holder, forMs);
  }

  /** Locks rows for somebody, whoever held them before. */
  hold(ids: readonly string[], holder: LockHolder, forMs: number): void {
    const until = this.#clock.now() + forMs;
    for (const id of ids) this.#held.set(id, { until, holder });
  }
}
