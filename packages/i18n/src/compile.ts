import { readFileSync, writeFileSync } from "node:fs";
import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import { locales, type Locale } from "./i18n.ts";

/**
 * The words that only the console says stand apart from those of all surfaces, so that the panel does not carry them; so do
 * those of the pages that the API itself writes.
 */
const ownParts = { console: /^(console|health|health_fix)\./, page: /^page\./ } as const;
export const parts = ["common", "console", "page"] as const;
export type Part = (typeof parts)[number];

function partOf(key: string): Part {
  if (ownParts.console.test(key)) return "console";
  return ownParts.page.test(key) ? "page" : "common";
}

/**
 * Turns the catalogues people write (`catalogues/*.json`, ICU text) into what the runtime reads (`src/compiled/*.ts`),
 * because the ICU parser weighs 6.9 kB gzip and the panel's whole budget is 125. Run after each change of a catalogue:
 * `node packages/i18n/src/compile.ts`; a test fails when it was forgotten.
 */
export function compiledCatalogue(locale: Locale, part: Part): string {
  const words = JSON.parse(readFileSync(sourceOf(locale), "utf8")) as Record<string, string>;
  const wanted = Object.entries(words).filter(([key]) => partOf(key) === part);
  const groups = Map.groupBy(wanted, ([key]) => key.split(".")[/^(console|page)\./.test(key) ? 1 : 0]);
  const lines = [...groups.values()].map((group) =>
    group.map(([key, text]) => `${JSON.stringify(key)}:${JSON.stringify(compileMessageOrThrow(text))},`).join(""),
  );
  return `${head}const words: Readonly<Record<string, unknown>> = {\n${lines.join("\n")}\n};\nexport default words;\n`;
}

const head = "// Written by compile.ts out of ../../catalogues; change the words there.\n";

/** Where the words of a language are written by people. */
export function sourceOf(locale: Locale): URL {
  return new URL(`../catalogues/${locale}.json`, import.meta.url);
}

/** Where the runtime finds them. */
export function compiledOf(locale: Locale, part: Part): URL {
  return new URL(`./compiled/${part === "common" ? "" : `${part}-`}${locale}.ts`, import.meta.url);
}

if (import.meta.main) {
  for (const locale of locales) {
    for (const part of parts) writeFileSync(compiledOf(locale, part), compiledCatalogue(locale, part));
  }
}
