import { consentPolicySchema } from "@aparte/core/consent-policy-input.ts";
import { defaultPolicy, type ConsentPolicy } from "@aparte/core/consent-policy.ts";
import { daysAlike } from "@aparte/core/week.ts";
import { expect, it } from "vitest";
import { fieldOfPath, typedPolicy, valuesOf } from "./policy-values.ts";

const own: ConsentPolicy = {
  utilityNeedsConsent: true,
  consentMonths: null,
  strictFrance: true,
  confirmOptOut: false,
  ownStopWords: ["basta così", "va bene no"],
  ownSoftPhrases: ["not today"],
  bindsPeople: true,
  quietHours: { marketing: daysAlike(5, ["08:00", "12:00"], ["13:30", "18:00"]), utility: null, holidays: false },
  caps: { day: null, week: 3, month: null, unreadRest: null },
  monthlyBudget: { amount: 250.5, currency: "EUR" },
  regulated: ["FR"],
  closedCountries: ["DE", "AT"],
};

it.each([defaultPolicy, own])("what stands in the fields is the policy", (policy) => {
  const { typed, unreadable } = typedPolicy(valuesOf(policy));
  expect(unreadable).toEqual([]);
  expect(consentPolicySchema.parse(typed)).toEqual(policy);
});

it("takes what people write: commas, lower case, empty lines", () => {
  const { typed } = typedPolicy({
    ...valuesOf(defaultPolicy),
    ownStopWords: "\n basta \nbasta\n",
    regulated: "fr; be",
    "monthlyBudget.amount": "99,5",
    "monthlyBudget.currency": " eur ",
  });
  expect(consentPolicySchema.parse(typed)).toMatchObject({
    ownStopWords: ["basta"],
    regulated: ["FR", "BE"],
    monthlyBudget: { amount: 99.5, currency: "EUR" },
  });
});

it("names the fields that cannot stay", () => {
  const values = { ...valuesOf(own), "marketing.2": "late", "caps.day": "often", regulated: "France" };
  const { typed, unreadable } = typedPolicy(values);
  const issues = consentPolicySchema.safeParse(typed).error?.issues ?? [];
  expect(unreadable).toEqual(["marketing.2"]);
  expect(issues.map(({ path }) => fieldOfPath(path.join(".")))).toEqual(["caps.day", "regulated"]);
});

it("hours that are not asked for need not be readable", () => {
  expect(typedPolicy({ ...valuesOf(defaultPolicy), "marketing.2": "late" }).unreadable).toEqual([]);
});

it("a week without hours is told at its first day", () => {
  const values = { ...valuesOf(own), ...Object.fromEntries([0, 1, 2, 3, 4].map((day) => [`marketing.${day}`, ""])) };
  const issues = consentPolicySchema.safeParse(typedPolicy(values).typed).error?.issues ?? [];
  expect(issues.map(({ path }) => fieldOfPath(path.join(".")))).toEqual(["marketing.0"]);
});
