/** Ids one millisecond has room for: more than a machine can create in it. */
const IDS_PER_MS = 100;

/**
 * Decimal ids of records that grow and are never given twice, not even after a restart or a reset: they count on from
 * real time, which the simulator's own clock is not (that one may be moved back).
 */
export class RecordIds {
  #last = 0;

  next(): string {
    this.#last = Math.max(this.#last + 1, Date.now() * IDS_PER_MS);
    return String(this.#last);
  }
}
