import { readFileSync } from "node:fs";
import { compileMessageOrThrow, type CompiledMessage } from "@lingui/message-utils/compileMessage";
import { healthChecks, healthFindings } from "@aparte/core/channel-health.ts";
import { errorCodes } from "@aparte/core/errors.ts";
import { describe, expect, test } from "vitest";
import { compiledCatalogue, compiledOf, parts, sourceOf } from "./compile.ts";
import { loadWords, locales, type Locale, type WordKey } from "./i18n.ts";

const catalogue = (locale: Locale) => JSON.parse(readFileSync(sourceOf(locale), "utf8")) as Record<string, string>;
const english = catalogue("en");

describe.each(locales)("the catalogue %s", (locale) => {
  const words = catalogue(locale);

  test("has the same keys as English, in order", () => {
    expect(Object.keys(english).length).toBeGreaterThan(100);
    expect(Object.keys(words)).toEqual(Object.keys(english).toSorted());
  });

  test("has words and a next step for every reason, and for no other", () => {
    const wanted = errorCodes.flatMap((code) => [`error.${code}`, `fix.${code}`]).toSorted();
    expect(Object.keys(words).filter((key) => /^(error|fix)\./.test(key))).toEqual(wanted);
  });

  test("has words for everything that a check can find, and a next step for what is wrong", () => {
    const found = healthChecks.flatMap((check) => healthFindings[check].map((finding) => `${check}.${finding}`));
    const wanted = [
      ...healthChecks.map((check) => `health.${check}.fine`),
      ...found.map((name) => `health.${name}`),
      ...found.filter((name) => !name.endsWith(".unknown")).map((name) => `health_fix.${name}`),
    ].toSorted();
    expect(Object.keys(words).filter((key) => /^health(_fix)?\./.test(key))).toEqual(wanted);
  });

  test("takes the same values as English in every message", () => {
    const differing = Object.keys(english).filter(
      (key) => valuesIn(words[key] ?? "").join() !== valuesIn(english[key] ?? "").join(),
    );
    expect(differing).toEqual([]);
  });

  test("has no straight apostrophe, which ICU would read as a quotation mark", () => {
    expect(Object.entries(words).filter(([, text]) => text.includes("'"))).toEqual([]);
  });

  test("was compiled after its last change (node packages/i18n/src/compile.ts)", () => {
    for (const part of parts) {
      expect(readFileSync(compiledOf(locale, part), "utf8")).toBe(compiledCatalogue(locale, part));
    }
  });
});

test("plurals follow the language's own rules", async () => {
  const [en, fr] = [await loadWords("en"), await loadWords("fr")];
  const said = (count: number) => [en.t("list.unread", { count }), fr.t("list.unread", { count })];
  expect(said(0)).toEqual(["0 unread messages", "0 message non lu"]);
  expect(said(1)).toEqual(["1 unread message", "1 message non lu"]);
  expect(said(2)).toEqual(["2 unread messages", "2 messages non lus"]);
});

test("a value is put in place as it is, braces and all", async () => {
  const { t } = await loadWords("en");
  expect(t("composer.label" satisfies WordKey, { name: "{Ana} & <b>" })).toBe("Message to {Ana} & <b>");
});

/** The names of all values that a message takes, in any branch. */
function valuesIn(text: string): string[] {
  const found = new Set<string>();
  const walk = (message: CompiledMessage): void => {
    for (const token of message) {
      if (typeof token === "string") continue;
      const [name, , choices] = token;
      found.add(name);
      if (typeof choices === "object" && choices !== null)
        for (const branch of Object.values(choices)) if (Array.isArray(branch)) walk(branch);
    }
  };
  walk(compileMessageOrThrow(text));
  return [...found].toSorted();
}
