import type { BusinessNumber } from "../state.ts";
import type { OutboundFacts } from "./message.ts";

/** From then on service messages beyond the free ones, and utility templates in the window, are billed. */
const SERVICE_BILLED_FROM = Date.UTC(2026, 9, 1);
/** Free delivered service messages per month and business number. */
const FREE_SERVICE_MESSAGES = 1000;

/** `pricing` of a status. */
export type Pricing = {
  billable: boolean;
  pricing_model: "PMP";
  type: "regular" | "free_customer_service" | "free_entry_point";
  category: string;
};

/** Whether a service message at `now` is still free. */
export function isFreeServiceLeft(number: BusinessNumber, now: number): boolean {
  return now < SERVICE_BILLED_FROM || (number.freeServiceUsed.get(monthOf(now)) ?? 0) < FREE_SERVICE_MESSAGES;
}

/** Prices a message that is delivered now, and counts it against the free ones of the month. */
export function chargeDelivered(number: BusinessNumber, outbound: OutboundFacts, now: number): Pricing {
  if (outbound.entryPointUntil !== undefined) {
    return { billable: false, pricing_model: "PMP", type: "free_entry_point", category: "referral_conversion" };
  }
  const free = isFree(number, outbound, now);
  if (free && outbound.category === "SERVICE") {
    const month = monthOf(now);
    number.freeServiceUsed.set(month, (number.freeServiceUsed.get(month) ?? 0) + 1);
  }
  return {
    billable: !free,
    pricing_model: "PMP",
    type: free ? "free_customer_service" : "regular",
    category: outbound.viaMarketingApi ? "marketing_lite" : outbound.category.toLowerCase(),
  };
}

function isFree(number: BusinessNumber, outbound: OutboundFacts, now: number): boolean {
  if (outbound.category === "SERVICE") return isFreeServiceLeft(number, now);
  return outbound.category === "UTILITY" && outbound.windowOpen && now < SERVICE_BILLED_FROM;
}

function monthOf(now: number): string {
  return new Date(now).toISOString().slice(0, 7);
}
