import { loadWords } from "@aparte/i18n/i18n.ts";
import { describe, expect, it } from "vitest";
import {
  brokenFiles,
  marks,
  mediaTalk,
  others,
  placesAndPeople,
  questions,
  templateTalk,
} from "../../gallery/kinds.ts";
import { otherWords } from "./other-words.ts";
import { summaryOf } from "./summary.ts";

const all = [mediaTalk, brokenFiles, placesAndPeople, questions, templateTalk, marks, others].flat();

describe("a message in one line", () => {
  it("is never empty, and never in another language, whatever its kind", async () => {
    const [en, fr] = [await loadWords("en"), await loadWords("fr")];
    expect(new Set(all.map(({ content }) => content.kind)).size).toBeGreaterThan(12);
    for (const { content } of all) {
      expect(summaryOf(content, en).trim()).not.toBe("");
      expect(summaryOf(content, fr)).not.toMatch(/\[|\]/);
    }
    expect(all.map(({ content }) => summaryOf(content, fr))).toContain("Message vocal");
  });

  it("names the kind before the words, without marks", async () => {
    const words = await loadWords("en");
    const [picture] = mediaTalk;
    expect(picture && summaryOf(picture.content, words)).toBe("Photo: This is the roof. Two tiles are missing.");
  });
});

describe("a kind that only a phone can show", () => {
  it("is named, known or not", async () => {
    const words = await loadWords("en");
    expect(otherWords("poll_creation", words)).toBe("A poll");
    expect(otherWords("hologram", words)).toContain("hologram");
    expect(otherWords("__proto__", words)).toContain("__proto__");
  });
});
