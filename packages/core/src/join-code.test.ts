import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findJoinCodes, makeJoinCode, showJoinCode, withoutJoinCode } from "./join-code.ts";

const code = fc
  .infiniteStream(fc.nat(1_000_000))
  .map((numbers) => makeJoinCode((limit) => (numbers.next().value ?? 0) % limit));
const between = fc.constantFrom("", " ", "-", " - ", ".", "\u00a0", "\u200b", ", ", "\n", "–");

describe("a code", () => {
  it("is found however it is written, within words of any kind", () => {
    fc.assert(
      fc.property(code, fc.array(between, { minLength: 8, maxLength: 8 }), fc.boolean(), (made, gaps, small) => {
        const typed = made
          .split("")
          .map((sign, place) => (small ? sign.toLowerCase() : sign) + gaps[place])
          .join("");
        expect(findJoinCodes(`Oui, j’accepte ! (${typed}) Merci`)).toEqual([made]);
      }),
    );
  });

  it("is shown in halves, and read back from them", () => {
    fc.assert(
      fc.property(code, (made) => {
        expect(findJoinCodes(showJoinCode(made))).toEqual([made]);
      }),
    );
    expect(showJoinCode("K7QF3MPX")).toBe("K7QF-3MPX");
  });

  it("is not found with one wrong sign, nor with two that changed places", () => {
    const signs = "34679BCDFGHJKMNPQRTVWXY";
    fc.assert(
      fc.property(code, fc.nat(7), fc.nat(22), fc.nat(6), (made, place, sign, pair) => {
        const wrong = made.slice(0, place) + signs[sign] + made.slice(place + 1);
        expect(findJoinCodes(wrong)).toEqual(wrong === made ? [made] : []);
        const turned = made.slice(0, pair) + made[pair + 1] + made[pair] + made.slice(pair + 2);
        expect(findJoinCodes(turned)).toEqual(turned === made ? [made] : []);
      }),
    );
  });

  it("is not found inside a longer word, nor in words and numbers", () => {
    fc.assert(
      fc.property(code, (made) => {
        expect(findJoinCodes(`A${made} ${made}3`)).toEqual([]);
      }),
    );
    const texts = [
      "33 44 66 77",
      "+33 6 97 46 34 67",
      "Bonjour, quels sont vos horaires ?",
      "PDF HTML",
      "",
      "🎉🎉🎉🎉",
    ];
    expect(texts.flatMap(findJoinCodes)).toEqual([]);
  });

  it("stands twice in a text and counts once; two codes are two", () => {
    fc.assert(
      fc.property(code, code, (one, other) => {
        expect(findJoinCodes(`${one}. ${one.toLowerCase()}; ${other}`)).toEqual([...new Set([one, other])]);
      }),
    );
  });

  it("can be taken out of the text, which leaves what was said besides", () => {
    fc.assert(
      fc.property(code, (made) => {
        expect(withoutJoinCode(`STOP ${showJoinCode(made).toLowerCase()}`, made)).toBe("STOP");
        expect(withoutJoinCode(made, made)).toBe("");
      }),
    );
  });
});
