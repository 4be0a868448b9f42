import { expect, test } from "vitest";
import { chooseLocale, createWords } from "./i18n.ts";

test.each([
  [["fr-CA", "en"], "fr"],
  [["de-DE", "fr-FR", "en-US"], "fr"],
  [["EN-gb"], "en"],
  [["pt-BR"], "en"],
  [[], "en"],
])("of %j we read %s", (wanted, locale) => {
  expect(chooseLocale(wanted)).toBe(locale);
});

test("a language knows the direction in which it is read", () => {
  expect(createWords("ar-EG", {}).dir).toBe("rtl");
  expect(createWords("fr", {}).dir).toBe("ltr");
});
