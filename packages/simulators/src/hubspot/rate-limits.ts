import { randomUUID } from "node:crypto";
import type { VirtualClock } from "../platform/clock.ts";
import { HubSpotError } from "./api-error.ts";
import { TIME_ZONE } from "./identity.ts";

/** The interval of the burst limit, in ms. */
export const BURST_INTERVAL_MS = 10_000;
const SECOND_MS = 1_000;

type Policy = "TEN_SECONDLY_ROLLING" | "SECONDLY" | "DAILY";

const MESSAGES: Readonly<Record<Policy, string>> = {
  TEN_SECONDLY_ROLLING: "You have reached your ten_secondly_rolling limit.",
  SECONDLY: "You have reached your secondly limit.",
  DAILY: "You have reached your daily limit.",
};

const PORTAL_DAY = new Intl.DateTimeFormat("en-CA", { timeZone: TIME_ZONE });

/** Counts calls: rolling windows per app, and days that begin at midnight in the portal's time zone. */
export class RateLimits {
  readonly #clock: VirtualClock;
  readonly #calls = new Map<string, number[]>();
  #day = "";
  #callsOfDay = 0;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** Counts a call of an app against its burst limit; returns how many are left, or refuses with 429. */
  takeBurst(app: string, max: number): number {
    return this.#takeRolling(`burst ${app}`, { max, intervalMs: BURST_INTERVAL_MS, policy: "TEN_SECONDLY_ROLLING" });
  }

  /** Counts a search: one bucket for the whole portal, whatever app calls. */
  takeSearch(max: number): void {
    this.#takeRolling("search", { max, intervalMs: SECOND_MS, policy: "SECONDLY" });
  }

  /** Counts a call of the day; returns how many are left, or refuses with 429. */
  takeDaily(max: number): number {
    const day = PORTAL_DAY.format(this.#clock.now());
    if (day !== this.#day) this.#callsOfDay = 0;
    this.#day = day;
    if (this.#callsOfDay >= max) throw rateLimited("DAILY");
    this.#callsOfDay += 1;
    return max - this.#callsOfDay;
  }

  #takeRolling(key: string, { max, intervalMs, policy }: { max: number; intervalMs: number; policy: Policy }): number {
    const now = this.#clock.now();
    const recent = (this.#calls.get(key) ?? []).filter((at) => at > now - intervalMs && at <= now);
    this.#calls.set(key, recent);
    if (recent.length >= max) throw rateLimited(policy);
    recent.push(now);
    return max - recent.length;
  }
}

function rateLimited(policyName: Policy): HubSpotError {
  const facts = { errorType: "RATE_LIMIT", policyName, requestId: randomUUID() };
  return new HubSpotError(429, MESSAGES[policyName], facts);
}
