import { defaultPolicy } from "@aparte/core/consent-policy.ts";
import { expect, it } from "vitest";
import { expiryIn } from "./expiry.ts";

const strict = { ...defaultPolicy, strictFrance: true };

it.each([
  ["DE", defaultPolicy, "2026-11-22T10:00:00Z", "2028-11-22T10:00:00.000Z"],
  ["FR", defaultPolicy, "2026-11-22T10:00:00Z", "2028-11-22T10:00:00.000Z"],
  ["FR", strict, "2026-11-22T10:00:00Z", "2027-11-22T10:00:00.000Z"],
  ["RE", strict, "2026-11-22T10:00:00Z", "2027-11-22T10:00:00.000Z"],
  ["DE", strict, "2026-11-22T10:00:00Z", "2028-11-22T10:00:00.000Z"],
  [null, { ...defaultPolicy, consentMonths: null }, "2026-11-22T10:00:00Z", null],
  // There is no 31 September.
  [null, { ...defaultPolicy, consentMonths: 6 }, "2026-03-31T10:00:00Z", "2026-09-30T10:00:00.000Z"],
  ["FR", strict, "2028-02-29T10:00:00Z", "2029-02-28T10:00:00.000Z"],
])("a consent to marketing ends: %s", (...[country, policy, at, ends]) => {
  expect(expiryIn(country, policy)("marketing", at)).toBe(ends);
  expect(expiryIn(country, policy)("utility", at)).toBeNull();
});
