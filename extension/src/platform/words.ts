import { createWords, type Locale, type Words } from "@aparte/i18n/i18n.ts";

/** Where the build puts the words of a language (wxt.config.ts). */
export const wordsFile = (locale: Locale): string => `words/${locale}.json`;

const loaded = new Map<Locale, Promise<Words>>();

/** The words of one language, read once. They are data and come as such, beside the script: JSON is parsed faster than code. */
export function wordsOf(locale: Locale): Promise<Words> {
  const words = loaded.get(locale) ?? fetchWords(locale);
  loaded.set(locale, words);
  return words;
}

async function fetchWords(locale: Locale): Promise<Words> {
  const answer = await fetch(`/${wordsFile(locale)}`);
  return createWords(locale, (await answer.json()) as Readonly<Record<string, unknown>>);
}
