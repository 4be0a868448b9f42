/** What a CRM said about its limits in the last answer; null where it said nothing. */
export type RateState = {
  readonly burst: { readonly max: number; readonly remaining: number; readonly intervalMs: number } | null;
  readonly day: { readonly max: number; readonly remaining: number } | null;
};

/** The share of a known limit that we leave to the customer's other integrations. */
const reservedShare = 0.05;

/** How long a spent day is left alone before asking again: the CRM's midnight is in the account's own time zone. */
const dayPauseMs = 3_600_000;

/** How long to leave this account alone, in milliseconds: 0 while less than 95 % of every known limit is used. */
export function pauseAfter(rate: RateState): number {
  if (rate.day && rate.day.remaining <= rate.day.max * reservedShare) return dayPauseMs;
  if (rate.burst && rate.burst.remaining <= rate.burst.max * reservedShare) return rate.burst.intervalMs;
  return 0;
}
