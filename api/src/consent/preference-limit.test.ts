import { expect, it } from "vitest";
import { createLimiter } from "./preference-limit.ts";

it("allows so many in a stretch of time, each key for itself, and begins anew after it", () => {
  let now = 0;
  const limiter = createLimiter({ times: 2, ms: 1_000 }, () => now);
  expect([1, 2, 3].map(() => limiter.allows("a"))).toEqual([true, true, false]);
  expect(limiter.allows("b")).toBe(true);
  now = 999;
  expect(limiter.allows("a")).toBe(false);
  now = 1_000;
  expect(limiter.allows("a")).toBe(true);
});

it("forgets who came first rather than remember everybody", () => {
  const limiter = createLimiter({ times: 1, ms: 1_000 }, () => 0);
  limiter.allows("first");
  expect(limiter.allows("first")).toBe(false);
  for (let key = 0; key < 50_000; key += 1) limiter.allows(String(key));
  expect(limiter.allows("first")).toBe(true);
});
