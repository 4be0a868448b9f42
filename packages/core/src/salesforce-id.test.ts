import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longId } from "./salesforce-id.ts";

const shortId = fc.stringMatching(/^[A-Za-z0-9]{15}$/);

describe("an id of 15 characters", () => {
  it.each([
    ["001D000000IRFma", "001D000000IRFmaIAH"],
    ["a00D0000008pQSN", "a00D0000008pQSNIA2"],
    ["500000000000000", "500000000000000AAA"],
    ["ABCDEABCDEABCDE", "ABCDEABCDEABCDE555"],
  ])("%s becomes %s", (id, expected) => {
    expect(longId(id)).toBe(expected);
  });
});

describe("an id of 18 characters", () => {
  it("is found again whatever became of its capitals", () => {
    fc.assert(
      fc.property(shortId, (id) => {
        const long = longId(id);
        expect(long?.slice(0, 15)).toBe(id);
        expect(longId(long ?? "")).toBe(long);
        expect(longId(long?.toLowerCase() ?? "")).toBe(long);
        expect(longId(long?.toUpperCase() ?? "")).toBe(long);
      }),
    );
  });

  it("differs for ids that differ in case alone, even where case is ignored", () => {
    fc.assert(
      fc.property(shortId, shortId, (a, b) => {
        expect(longId(a)?.toLowerCase() === longId(b)?.toLowerCase()).toBe(a === b);
        expect(longId(a)?.toLowerCase() === longId(a.toLowerCase())?.toLowerCase()).toBe(a === a.toLowerCase());
      }),
    );
  });

  it.each(["001000000000000B0A", "001D000000IRFmaIA9", "001D000000IRFmaI-H", "001D000000IRFm", "001D000000IRFmaI", ""])(
    "%s is none",
    (text) => {
      expect(longId(text)).toBeNull();
    },
  );
});
