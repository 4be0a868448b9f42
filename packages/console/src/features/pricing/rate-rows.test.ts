import { expect, test } from "vitest";
import { rateRows } from "./rate-rows.ts";

test("countries stand in the order of their names, all others last, with fractions of a cent", () => {
  const rates = [
    { country: "*", category: "MARKETING", amount: 0.06, currency: "EUR" },
    { country: "FR", category: "MARKETING", amount: 0.1186, currency: "EUR" },
    { country: "FR", category: "UTILITY", amount: 0.0248, currency: "EUR" },
    { country: "DE", category: "SERVICE", amount: 0, currency: "EUR" },
  ] as const;
  expect(rateRows(rates, "en", "All other countries")).toEqual([
    { country: "FR", name: "France", prices: [null, "€0.0248", null, "€0.1186"] },
    { country: "DE", name: "Germany", prices: ["€0.00", null, null, null] },
    { country: "*", name: "All other countries", prices: [null, null, null, "€0.06"] },
  ]);
  expect(rateRows(rates, "fr", "Autres pays").map(({ name }) => name)).toEqual(["Allemagne", "France", "Autres pays"]);
});
