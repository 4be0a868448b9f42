import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { announce } from "../webhooks/announce.ts";

/** For how long a block or report by a person counts, in ms. */
const COMPLAINT_LIFE_MS = 7 * 24 * 3_600_000;
/** From how many blocks and reports on a number has which rating, worst first. Meta tells no figures; these are ours. */
const RATINGS = [
  { complaints: 6, rating: "RED" },
  { complaints: 3, rating: "YELLOW" },
  { complaints: 0, rating: "GREEN" },
] as const;

/** Sets the quality of a number; falling to RED, and leaving it, is told by webhook (`phone_number_quality_update`). */
export async function setQuality(
  sim: Sim,
  number: BusinessNumber,
  rating: BusinessNumber["qualityRating"],
): Promise<void> {
  const before = number.qualityRating;
  number.qualityRating = rating;
  if (before === rating || (before !== "RED" && rating !== "RED")) return;
  const account = sim.state.accounts.get(number.accountId);
  const tier = sim.state.portfolios.get(account?.businessId ?? "")?.tier;
  await announce(sim, number.accountId, "phone_number_quality_update", {
    display_phone_number: number.digits,
    event: rating === "RED" ? "FLAGGED" : "UNFLAGGED",
    current_limit: tier,
    max_daily_conversations_per_business: tier,
  });
}

/** A person blocks or reports a number: several of them within 7 days lower its quality, quiet days bring it back. */
export async function complain(sim: Sim, number: BusinessNumber): Promise<void> {
  number.complaints.push(sim.clock.now());
  sim.clock.after(COMPLAINT_LIFE_MS, () => rate(sim, number));
  await rate(sim, number);
}

async function rate(sim: Sim, number: BusinessNumber): Promise<void> {
  const since = sim.clock.now() - COMPLAINT_LIFE_MS;
  number.complaints = number.complaints.filter((at) => at > since);
  const { rating } = RATINGS.find(({ complaints }) => number.complaints.length >= complaints) ?? RATINGS[2];
  await setQuality(sim, number, rating);
}
