import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFormatting, withoutFormatting, type FormattedNode } from "./formatted-text.ts";

const text = (words: string): FormattedNode => ({ kind: "text", text: words });

describe("WhatsApp's formatting", () => {
  it.each<[string, FormattedNode[]]>([
    ["plain", [text("plain")]],
    ["*bold* word", [{ kind: "bold", inside: [text("bold")] }, text(" word")]],
    ["(_so_)", [text("("), { kind: "italic", inside: [text("so")] }, text(")")]],
    ["*a _b_*", [{ kind: "bold", inside: [text("a "), { kind: "italic", inside: [text("b")] }] }]],
    ["~gone~", [{ kind: "strike", inside: [text("gone")] }]],
    ["`*x*`", [{ kind: "code", text: "*x*" }]],
    ["```two\nlines```", [{ kind: "code", text: "two\nlines" }]],
    ["see https://example.com/a_b_c.", [text("see "), { kind: "link", text: "https://example.com/a_b_c" }, text(".")]],
  ])("of %j", (given, nodes) => {
    expect(parseFormatting(given)).toEqual(nodes);
  });

  it.each(["2*3*4", "* item", "*not\nover lines*", "snake_case_name", "*", "**", "javascript:alert(1)", "5 * 3 * 2"])(
    "leaves %j alone",
    (given) => {
      expect(parseFormatting(given)).toEqual([text(given)]);
    },
  );

  it("only ever takes marks away", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab \n*_~`]{0,40}$/), (given) => {
        const letters = (from: string): string => from.replaceAll(/[*_~`]/g, "");
        expect(letters(withoutFormatting(given))).toBe(letters(given));
      }),
    );
  });

  it("takes no longer for hostile text", () => {
    const started = performance.now();
    parseFormatting("*a".repeat(2000) + "_ ".repeat(2000) + "`".repeat(96));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
