import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beginning, ending } from "./log-text.ts";

/** Any UTF-16 units, halves of characters among them. */
const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const text = fc.oneof(fc.string({ unit, maxLength: 300 }), fc.string({ unit: "grapheme", maxLength: 300 }));
const limit = fc.integer({ min: 10, max: 60 });

describe("texts for Salesforce", () => {
  it("are never too long, never half a character, and stay as they are where they fit", () => {
    fc.assert(
      fc.property(text, limit, (whole, most) => {
        for (const cut of [beginning(whole, most), ending(whole, most)]) {
          expect(cut.length).toBeLessThanOrEqual(most);
          expect(cut.isWellFormed()).toBe(true);
          if (whole.trim().length <= most) expect(cut).toBe(whole.toWellFormed().trim());
        }
      }),
    );
  });

  it("keep the news: the end of a conversation, from a whole line on", () => {
    const lines = Array.from({ length: 40 }, (_, index) => `09:${10 + index} Ada: message ${index}`).join("\n");
    expect(ending(lines, 60)).toBe("[…]\n09:48 Ada: message 38\n09:49 Ada: message 39");
    expect(ending("x".repeat(100), 60)).toBe(`[…]\n${"x".repeat(56)}`);
  });

  it("keep the beginning of a title", () => {
    expect(beginning("WhatsApp with Ada Example", 15)).toBe("WhatsApp with…");
    expect(beginning("👋".repeat(20), 10)).toBe(`${"👋".repeat(4)}…`);
  });
});
