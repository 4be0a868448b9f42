import { makeJoinInput } from "@aparte/core/join-input.ts";
import { describe, expect, it } from "vitest";
import { changed, joinOf, wordsFor, type JoinValues } from "./join-values.ts";

const ours = {
  en: { marketing: "Offers please.", utility: "Notices please.", authentication: "Codes please." },
  fr: { marketing: "Des offres.", utility: "Des infos.", authentication: "Des codes." },
};
const start: JoinValues = {
  source: " Fair ",
  channelId: crypto.randomUUID(),
  purposes: "marketing",
  language: "en",
  words: "Offers please.",
  scope: "all",
  days: "30",
  thanks: "  ",
};

describe("what a link is made of", () => {
  it("follows the choice with our words, until somebody writes others", () => {
    const both = changed(ours, start, { purposes: "utility marketing" });
    expect(both.words).toBe("Offers please. Notices please.");
    const french = changed(ours, both, { language: "fr" });
    expect(french.words).toBe("Des offres. Des infos.");
    const written = changed(ours, french, { words: "Oui !" });
    expect(changed(ours, written, { language: "en" }).words).toBe("Oui !");
    expect(wordsFor(ours, { purposes: "", language: "en" })).toBe("");
  });

  it("is what the API takes", () => {
    const id = crypto.randomUUID();
    expect(makeJoinInput.parse(joinOf(start, id))).toEqual({
      id,
      channelId: start.channelId,
      source: "Fair",
      words: "Offers please.",
      purposes: ["marketing"],
      language: "en",
      thisNumberOnly: false,
      days: 30,
      thanks: null,
    });
    expect(makeJoinInput.parse(joinOf({ ...start, days: "", scope: "one" }, id))).toMatchObject({
      days: null,
      thisNumberOnly: true,
    });
    expect(makeJoinInput.safeParse(joinOf({ ...start, purposes: "" }, id)).success).toBe(false);
  });
});
