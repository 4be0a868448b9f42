import { expect, test } from "vitest";
import { suggestPassword } from "./suggest-password.ts";

test("a suggested password is long, readable and another one each time", () => {
  const some = Array.from({ length: 200 }, suggestPassword);
  expect(some.filter((password) => !/^([a-km-z2-9]{5}-){3}[a-km-z2-9]{5}$/.test(password))).toEqual([]);
  expect(some.filter((password) => /[lo01]/.test(password))).toEqual([]);
  expect(new Set(some).size).toBe(200);
});
