import type { VirtualClock } from "../platform/clock.ts";
import type { Behaviour } from "./behaviour.ts";
import { APP_NAME } from "./identity.ts";
import { SalesforceError } from "./salesforce-error.ts";

const DAY_MS = 86_400_000;
/** Calls are counted by the minute: the window of 24 hours moves on in such steps. */
const MINUTE_MS = 60_000;
const BURST_ALLOWANCE = 750;
const APP_ALLOWANCE_SHARE = 0.5;

/** Counts the org's calls of the last 24 hours. */
export class ApiUsage {
  readonly #clock: VirtualClock;
  readonly #byMinute = new Map<number, number>();

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  get used(): number {
    const now = this.#clock.now();
    let sum = 0;
    for (const [minute, calls] of this.#byMinute) {
      if (minute * MINUTE_MS <= now - DAY_MS) this.#byMinute.delete(minute);
      else sum += calls;
    }
    return sum;
  }

  /** Counts one call, or refuses it (403) because the allowance is used up. */
  take(allowance: number): void {
    if (this.used >= allowance) {
      throw new SalesforceError(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    }
    this.#add(1);
  }

  /** Sets the count: `calls` were made just now, and none before. */
  set(calls: number): void {
    this.#byMinute.clear();
    this.#add(calls);
  }

  /** The header that tells it, in the form that the org uses. */
  header({ daily_api_requests: allowance, limit_info: form }: Behaviour): string {
    const { used } = this;
    const rest = {
      usage: "",
      bursts: `; api-bursts=1/${BURST_ALLOWANCE}`,
      per_app: `; per-app-api-usage=${used}/${Math.floor(allowance * APP_ALLOWANCE_SHARE)}(appName=${encodeURIComponent(APP_NAME)})`,
    };
    return `api-usage=${used}/${allowance}${rest[form]}`;
  }

  #add(calls: number): void {
    const minute = Math.floor(this.#clock.now() / MINUTE_MS);
    this.#byMinute.set(minute, (this.#byMinute.get(minute) ?? 0) + calls);
  }
}
