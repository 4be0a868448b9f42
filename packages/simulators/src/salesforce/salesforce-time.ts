const SECOND_MS = 1_000;

/** A moment (ms since the epoch) as Salesforce writes it, `2026-11-22T09:14:00.000+0000`: it keeps whole seconds. */
export function salesforceTime(at: number): string {
  return new Date(Math.floor(at / SECOND_MS) * SECOND_MS).toISOString().replace("Z", "+0000");
}

/** The day of a moment in UTC, `2026-11-22`. */
export function salesforceDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
