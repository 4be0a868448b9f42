import { throughputBucket } from "./model.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { announce } from "../webhooks/announce.ts";

/** How long an upgrade takes; meanwhile sends are refused with 131057. */
const UPGRADE_MS = 60_000;

/** Whether a number is being moved to a higher level at this moment. */
export function isUpgrading(number: BusinessNumber, now: number): boolean {
  return number.upgradingUntil > now;
}

/** Sets the level. An upgrade takes a minute and is then told by webhook (`phone_number_quality_update`). */
export async function setThroughput(
  sim: Sim,
  number: BusinessNumber,
  level: BusinessNumber["throughput"],
): Promise<void> {
  const now = sim.clock.now();
  if (level === number.throughput || isUpgrading(number, now)) return;
  const apply = async () => {
    number.throughput = level;
    number.bucket = throughputBucket(number, sim.clock.now());
    if (level !== "HIGH") return;
    await announce(sim, number.accountId, "phone_number_quality_update", {
      display_phone_number: number.digits,
      event: "THROUGHPUT_UPGRADE",
      current_limit: "TIER_UNLIMITED",
      max_daily_conversations_per_business: "TIER_UNLIMITED",
    });
  };
  if (level === "STANDARD") return apply();
  number.upgradingUntil = now + UPGRADE_MS;
  sim.clock.after(UPGRADE_MS, apply);
}

/** People reached in 24 hours who earn a number of an unlimited portfolio the higher level, unless its quality is low. */
const PEOPLE_FOR_UPGRADE = 100_000;

/** Upgrades a number that has earned it. */
export async function upgradeIfEarned(sim: Sim, number: BusinessNumber): Promise<void> {
  const account = sim.state.accounts.get(number.accountId);
  const portfolio = sim.state.portfolios.get(account?.businessId ?? "");
  const isEarned = portfolio?.tier === "TIER_UNLIMITED" && portfolio.reachedInDay.size >= PEOPLE_FOR_UPGRADE;
  if (isEarned && number.qualityRating !== "RED" && !number.coexistence) await setThroughput(sim, number, "HIGH");
}
