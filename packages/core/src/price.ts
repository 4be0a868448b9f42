/**
 * What a message will probably cost (Meta, "Pricing on the WhatsApp Business Platform"): priced per delivered message, by
 * category and by the country of the recipient. Meta's own word comes with the status and is the truth for what was billed.
 */
export const priceCategories = ["SERVICE", "UTILITY", "AUTHENTICATION", "MARKETING"] as const;
export type PriceCategory = (typeof priceCategories)[number];

/** Free service messages per business number and calendar month, since service messages have a price. */
export const freeServiceMessages = 1000;

/** From here on service messages have a price, and so have utility templates inside the window. */
const serviceBilledFrom = Date.UTC(2026, 9, 1);

export type PriceFacts = {
  readonly category: PriceCategory;
  readonly windowOpen: boolean;
  /** A free entry point window is open. */
  readonly freeEntry: boolean;
  /** Service messages that this number had delivered in this calendar month. */
  readonly serviceUsed: number;
};

/** One line of a rate card: the price of one delivered message. `country`: ISO 3166 alpha-2, or `*` for all others. */
export type Rate = {
  readonly country: string;
  readonly category: PriceCategory;
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
};

export type PriceView =
  | { readonly charge: "free"; readonly because: "entry_point" | "free_service" | "window" }
  /** `rate` is null without a rate card for the country. */
  | { readonly charge: "billed"; readonly rate: { readonly amount: number; readonly currency: string } | null };

/** Why a message is free at `now`; null when it has a price. */
export function freeBecause(facts: PriceFacts, now: Date): Extract<PriceView, { charge: "free" }>["because"] | null {
  if (facts.freeEntry) return "entry_point";
  const billed = now.getTime() >= serviceBilledFrom;
  if (facts.category === "SERVICE") {
    if (!billed) return "window";
    return facts.serviceUsed < freeServiceMessages ? "free_service" : null;
  }
  return facts.category === "UTILITY" && facts.windowOpen && !billed ? "window" : null;
}

/** The estimate for one recipient. `country` (ISO 3166 alpha-2) is null when neither number nor BSUID tells it. */
export function estimatePrice(facts: PriceFacts, country: string | null, rates: readonly Rate[], now: Date): PriceView {
  const because = freeBecause(facts, now);
  if (because !== null) return { charge: "free", because };
  const ofCategory = rates.filter((rate) => rate.category === facts.category);
  const rate =
    ofCategory.find((one) => one.country === country) ?? ofCategory.find((one) => one.country === "*") ?? null;
  return { charge: "billed", rate: rate && { amount: rate.amount, currency: rate.currency } };
}

export type RateCard = { readonly rates: readonly Rate[]; readonly problems: readonly { readonly line: number }[] };

/**
 * Reads a rate card as text: one `country,category,amount,currency` per line, with comma, semicolon or tab, and a heading
 * line if there is one. Lines that cannot be read are named by their number, from 1.
 */
export function readRateCard(text: string): RateCard {
  const rates: Rate[] = [];
  const problems: { line: number }[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "" || (index === 0 && /^\W*country\b/i.test(line))) continue;
    const rate = readRate(line.split(/[;\t]|,/).map((cell) => cell.trim()));
    if (rate === null) problems.push({ line: index + 1 });
    else rates.push(rate);
  }
  return { rates, problems };
}

function readRate([country = "", category = "", amount = "", currency = "", ...more]: readonly string[]): Rate | null {
  const known = priceCategories.find((one) => one === category.toUpperCase());
  const number = /^\d{1,6}(\.\d{1,8})?$/.test(amount) ? Number(amount) : null;
  if (more.length > 0 || known === undefined || number === null) return null;
  if (!/^([a-z]{2}|\*)$/i.test(country) || !/^[a-z]{3}$/i.test(currency)) return null;
  return { country: country.toUpperCase(), category: known, amount: number, currency: currency.toUpperCase() };
}
