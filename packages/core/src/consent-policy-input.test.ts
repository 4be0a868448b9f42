import { expect, test } from "vitest";
import { consentPolicySchema } from "./consent-policy-input.ts";
import { defaultPolicy, type ConsentPolicy } from "./consent-policy.ts";
import { daysAlike, type Interval } from "./week.ts";

function withMarketingHours(...hours: readonly Interval[]): ConsentPolicy {
  return { ...defaultPolicy, quietHours: { ...defaultPolicy.quietHours, marketing: daysAlike(5, ...hours) } };
}

test("the defaults are a policy", () => {
  expect(consentPolicySchema.parse(defaultPolicy)).toEqual(defaultPolicy);
});

test.each<{ name: string; hours: readonly Interval[] }>([
  {
    name: "two stretches",
    hours: [
      ["08:00", "12:00"],
      ["14:00", "24:00"],
    ],
  },
  { name: "a whole day", hours: [["00:00", "24:00"]] },
])("hours are accepted: $name", ({ hours }) => {
  expect(consentPolicySchema.safeParse(withMarketingHours(...hours)).success).toBe(true);
});

test.each<{ name: string; hours: readonly Interval[] }>([
  { name: "end before start", hours: [["12:00", "08:00"]] },
  { name: "no length", hours: [["08:00", "08:00"]] },
  {
    name: "out of order",
    hours: [
      ["14:00", "16:00"],
      ["08:00", "12:00"],
    ],
  },
  {
    name: "overlapping",
    hours: [
      ["08:00", "12:00"],
      ["11:00", "14:00"],
    ],
  },
  { name: "no such time", hours: [["08:00", "25:00"]] },
  { name: "one digit", hours: [["8:00", "12:00"]] },
  { name: "a week without any hour", hours: [] },
])("hours are refused: $name", ({ hours }) => {
  expect(consentPolicySchema.safeParse(withMarketingHours(...hours)).success).toBe(false);
});

test.each([
  { name: "a cap of nothing", change: { caps: { ...defaultPolicy.caps, day: 0 } } },
  { name: "a budget of nothing", change: { monthlyBudget: { amount: 0, currency: "EUR" } } },
  { name: "an empty word", change: { ownStopWords: [" "] } },
  { name: "a country by its name", change: { closedCountries: ["France"] } },
  { name: "a setting that does not exist", change: { anything: true } },
])("refused: $name", ({ change }) => {
  expect(consentPolicySchema.safeParse({ ...defaultPolicy, ...change }).success).toBe(false);
});
