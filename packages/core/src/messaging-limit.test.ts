import { expect, test } from "vitest";
import { readMessagingLimit } from "./messaging-limit.ts";

test.each([
  ["TIER_250", 250],
  ["TIER_2K", 2000],
  ["TIER_100K", 100_000],
  ["2000", 2000],
  ["TIER_UNLIMITED", "unlimited"],
  ["-1", "unlimited"],
  ["TIER_NOT_SET", null],
])("%s means %s", (word, limit) => {
  expect(readMessagingLimit(word)).toBe(limit);
});
