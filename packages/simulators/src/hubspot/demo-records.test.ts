import { isValidPhoneNumber } from "libphonenumber-js/max";
import { expect, it } from "vitest";
import { DEMO_RECORDS } from "./demo-records.ts";

it("has only phone numbers that exist, but for the one that is meant to be wrong", () => {
  const numbers = DEMO_RECORDS.flatMap(({ values }) => [values["phone"], values["mobilephone"]]).filter(
    (number) => number !== undefined,
  );
  expect(numbers.length).toBeGreaterThan(6);
  expect(numbers.filter((number) => !isValidPhoneNumber(number))).toEqual(["+91 12345"]);
});
