import { describe, expect, it } from "vitest";
import { pauseAfter } from "./rate.ts";

describe("pauseAfter", () => {
  const burst = { max: 100, intervalMs: 10_000 };

  it("lets calls go on while 95 % of the limit is not used up", () => {
    expect(pauseAfter({ burst: { ...burst, remaining: 6 }, day: null })).toBe(0);
    expect(pauseAfter({ burst: null, day: null })).toBe(0);
  });

  it("waits one interval for the last 5 %", () => {
    expect(pauseAfter({ burst: { ...burst, remaining: 5 }, day: null })).toBe(10_000);
  });

  it("waits long when the day is used up, whatever the burst says", () => {
    expect(pauseAfter({ burst: { ...burst, remaining: 90 }, day: { max: 1000, remaining: 50 } })).toBe(3_600_000);
  });
});
