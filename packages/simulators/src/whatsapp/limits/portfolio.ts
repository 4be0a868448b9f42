import type { Sim } from "../sim.ts";
import { announce } from "../webhooks/announce.ts";

/** The messaging limits of a portfolio, lowest first: people reached outside the service window in 24 hours. */
export const TIERS = [
  { name: "TIER_250", people: 250 },
  { name: "TIER_2K", people: 2000 },
  { name: "TIER_10K", people: 10_000 },
  { name: "TIER_100K", people: 100_000 },
  { name: "TIER_UNLIMITED", people: Infinity },
] as const;

export type Tier = (typeof TIERS)[number]["name"];

/** A business portfolio: what its accounts share. */
export type Portfolio = {
  id: string;
  tier: Tier;
  /** Set where Meta manages several portfolios as one group, whose people then also have a parent id. */
  managedGroup: string | undefined;
  /** People whose phone number the platform keeps for the business, by digits. */
  contactBook: Set<string>;
  /** When each person was last reached outside the service window, by digits, in ms and in that order: 24 h, 7 days. */
  reachedInDay: Map<string, number>;
  reachedInWeek: Map<string, number>;
  /** The request for the Marketing Messages API, once it was made. */
  marketingRequestId: string | undefined;
  /** Whether a raise is on its way. */
  raising: boolean;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long after it is earned a higher limit begins. */
const RAISE_AFTER_MS = 6 * HOUR_MS;

/** A portfolio as it is after its verification. */
export function createPortfolio(id: string): Portfolio {
  return {
    id,
    tier: "TIER_2K",
    managedGroup: undefined,
    contactBook: new Set(),
    reachedInDay: new Map(),
    reachedInWeek: new Map(),
    marketingRequestId: undefined,
    raising: false,
  };
}

/** How many people a portfolio may reach in 24 hours. */
export function limitOf({ tier }: Portfolio): number {
  return TIERS.find(({ name }) => name === tier)?.people ?? 0;
}

/**
 * Counts a person as reached outside the service window; false when the limit of the rolling 24 hours is used up. Who
 * was reached already is not counted again. Half of the limit used within 7 days in good quality earns the next one.
 */
export function reach(sim: Sim, businessId: string, waId: string): boolean {
  const portfolio = sim.state.portfolios.get(businessId);
  if (portfolio === undefined) return true;
  const now = sim.clock.now();
  forget(portfolio.reachedInDay, now - DAY_MS);
  forget(portfolio.reachedInWeek, now - 7 * DAY_MS);
  if (!portfolio.reachedInDay.has(waId) && portfolio.reachedInDay.size >= limitOf(portfolio)) return false;
  for (const reached of [portfolio.reachedInDay, portfolio.reachedInWeek]) {
    reached.delete(waId);
    reached.set(waId, now);
  }
  if (portfolio.reachedInWeek.size * 2 >= limitOf(portfolio)) raiseLater(sim, portfolio);
  return true;
}

/** Sets the limit and tells every account of the portfolio (`business_capability_update`). */
export async function setTier(sim: Sim, portfolio: Portfolio, tier: Tier): Promise<void> {
  if (portfolio.tier === tier) return;
  portfolio.tier = tier;
  const people = limitOf(portfolio);
  const value = {
    max_daily_conversations_per_business: people === Infinity ? -1 : people,
    max_phone_numbers_per_business: tier === "TIER_250" ? 2 : 20,
    max_phone_numbers_per_waba: 25,
  };
  for (const { id, businessId } of sim.state.accounts.values()) {
    if (businessId === portfolio.id) await announce(sim, id, "business_capability_update", value);
  }
}

function raiseLater(sim: Sim, portfolio: Portfolio): void {
  const next = TIERS[TIERS.findIndex(({ name }) => name === portfolio.tier) + 1]?.name;
  if (next === undefined || portfolio.raising || !hasGoodQuality(sim, portfolio)) return;
  portfolio.raising = true;
  sim.clock.after(RAISE_AFTER_MS, async () => {
    portfolio.raising = false;
    if (hasGoodQuality(sim, portfolio)) await setTier(sim, portfolio, next);
  });
}

function hasGoodQuality(sim: Sim, { id }: Portfolio): boolean {
  const accounts = [...sim.state.accounts.values()].filter(({ businessId }) => businessId === id);
  return accounts.flatMap(({ numbers }) => numbers).every(({ qualityRating }) => qualityRating !== "RED");
}

/** Drops what lies before `since`; the oldest stand first. */
function forget(reached: Map<string, number>, since: number): void {
  for (const [waId, at] of reached) {
    if (at > since) return;
    reached.delete(waId);
  }
}
