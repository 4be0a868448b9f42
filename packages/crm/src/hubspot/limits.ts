import type { RateState } from "../rate.ts";

/** Waiting times where a 429 names its policy but no time: HubSpot sends no Retry-After with normal limits. */
const tenSecondsMs = 10_000;
const dayMs = 3_600_000;

/** What the X-HubSpot-RateLimit headers say; null when there are none, as on search and on answers without a token. */
export function readRate(headers: Headers): RateState | null {
  const number = (name: string): number | null => positive(headers.get(`x-hubspot-ratelimit-${name}`));
  const [max, remaining, intervalMs] = [number("max"), number("remaining"), number("interval-milliseconds")];
  const [dayMax, dayRemaining] = [number("daily"), number("daily-remaining")];
  const burst = max !== null && remaining !== null ? { max, remaining, intervalMs: intervalMs ?? tenSecondsMs } : null;
  const day = dayMax !== null && dayRemaining !== null ? { max: dayMax, remaining: dayRemaining } : null;
  return burst === null && day === null ? null : { burst, day };
}

/** The wait that the CRM asks for, in milliseconds (RFC 9110, 10.2.3, in seconds); null when it names none. */
export function retryAfterMs(headers: Headers): number | null {
  const seconds = positive(headers.get("retry-after"));
  return seconds === null ? null : seconds * 1000;
}

/** How long the limit with this name lasts. A spent day is asked again every hour: its midnight is the account's own. */
export function waitForLimit(policyName: string | undefined, headers: Headers): number {
  if (policyName === "SECONDLY") return 1000;
  if (policyName === "DAILY") return dayMs;
  return readRate(headers)?.burst?.intervalMs ?? tenSecondsMs;
}

function positive(text: string | null): number | null {
  const value = text === null || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : null;
}
