import { describe, expect, it } from "vitest";
import { estimatePrice, readRateCard, type PriceFacts } from "./price.ts";

const now = new Date("2026-11-22T10:00:00Z");
const before = new Date("2026-09-30T23:59:59Z");
const rates = readRateCard("country,category,amount,currency\nMX,marketing,0.0397,USD\n*,UTILITY,0.01,usd").rates;
const facts = (change: Partial<PriceFacts>): PriceFacts => ({
  category: "SERVICE",
  windowOpen: true,
  freeEntry: false,
  serviceUsed: 0,
  ...change,
});

describe("estimatePrice", () => {
  it.each([
    ["an entry point makes everything free", facts({ category: "MARKETING", freeEntry: true }), now, "entry_point"],
    ["the first thousand service messages", facts({ serviceUsed: 999 }), now, "free_service"],
    ["service before October 2026", facts({ serviceUsed: 5000 }), before, "window"],
    ["utility in the window before October 2026", facts({ category: "UTILITY" }), before, "window"],
  ] as const)("is free: %s", (_, given, at, because) => {
    expect(estimatePrice(given, "MX", rates, at)).toEqual({ charge: "free", because });
  });

  it.each([
    ["by country", facts({ category: "MARKETING" }), "MX", { amount: 0.0397, currency: "USD" }],
    ["for all others", facts({ category: "UTILITY" }), "FR", { amount: 0.01, currency: "USD" }],
    ["without a rate", facts({ category: "MARKETING" }), "FR", null],
    ["service after the thousandth", facts({ serviceUsed: 1000 }), null, null],
  ] as const)("is billed %s", (_, given, country, rate) => {
    expect(estimatePrice(given, country, rates, now)).toEqual({ charge: "billed", rate });
  });
});

it("names the lines of a rate card that it cannot read", () => {
  const card = readRateCard(
    "FR;MARKETING;0.1;EUR\nFrance,MARKETING,0.1,EUR\nFR,GIFTS,0.1,EUR\nFR,UTILITY,-1,EUR\n\nFR,UTILITY,1,EUR,x",
  );
  expect(card.rates).toEqual([{ country: "FR", category: "MARKETING", amount: 0.1, currency: "EUR" }]);
  expect(card.problems).toEqual([{ line: 2 }, { line: 3 }, { line: 4 }, { line: 6 }]);
});
