import { describe, expect, it } from "vitest";
import { blockedAt, plainViewTime } from "./touch-guard.ts";

describe("a press that sends", () => {
  it("counts after a moment in plain view", () => {
    expect(blockedAt({ since: 1_000, covered: false }, 1_000 + plainViewTime)).toBeNull();
  });

  it("does not count right after the panel appeared, or before it did", () => {
    expect(blockedAt({ since: 1_000, covered: false }, 999 + plainViewTime)).toBe("soon");
    expect(blockedAt({ since: null, covered: false }, 5_000)).toBe("soon");
  });

  it("does not count while something lies on the panel", () => {
    expect(blockedAt({ since: null, covered: true }, 5_000)).toBe("covered");
  });
});
