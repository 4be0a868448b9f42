import { TIERS, limitOf } from "./model.ts";
import type { Tier, Portfolio } from "./model.ts";
import type { Sim } from "../sim.ts";
import { announce } from "../webhooks/announce.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long after it is earned a higher limit begins. */
const RAISE_AFTER_MS = 6 * HOUR_MS;

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
