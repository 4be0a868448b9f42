import { expect, test } from "vitest";
import { defaultPolicy, type ConsentPolicy } from "./consent-policy.ts";
import { consentMonthsFor, countryRule } from "./country-rules.ts";

const strict: ConsentPolicy = { ...defaultPolicy, strictFrance: true };
const renovation: ConsentPolicy = { ...defaultPolicy, regulated: ["FR"] };
const notGermany: ConsentPolicy = { ...defaultPolicy, closedCountries: ["DE"] };

test.each([
  ["US", "MARKETING", defaultPolicy, "no_marketing"],
  ["US", "UTILITY", defaultPolicy, null],
  ["US", "SERVICE", defaultPolicy, null],
  ["CA", "MARKETING", defaultPolicy, null],
  ["PR", "MARKETING", defaultPolicy, null],
  ["IR", "SERVICE", defaultPolicy, "unserved"],
  ["CU", "UTILITY", defaultPolicy, "unserved"],
  ["FR", "MARKETING", defaultPolicy, null],
  ["FR", "MARKETING", renovation, "regulated"],
  ["RE", "MARKETING", renovation, "regulated"],
  ["FR", "UTILITY", renovation, null],
  ["BE", "MARKETING", renovation, null],
  ["DE", "SERVICE", notGermany, "closed_by_firm"],
  ["AT", "SERVICE", notGermany, null],
  [null, "MARKETING", notGermany, null],
] as const)("%s, %s", (country, category, policy, because) => {
  expect(countryRule(country, category, policy)).toEqual(because && { country, because });
});

test.each([
  ["FR", strict, 12],
  ["GP", strict, 12],
  ["DE", strict, 24],
  [null, strict, 24],
  ["FR", defaultPolicy, 24],
  ["FR", { ...strict, consentMonths: null }, 12],
  ["FR", { ...strict, consentMonths: 6 }, 6],
  ["DE", { ...strict, consentMonths: null }, null],
] as const)("a consent of %s", (country, policy, months) => {
  expect(consentMonthsFor(country, policy)).toBe(months);
});
