import { createWords, type Catalogue, type Locale, type Words } from "@aparte/i18n/i18n.ts";

/** Where the build puts the words of a language (wxt.config.ts): those that the panel starts with, and the others. */
export const wordsFile = (locale: Locale): string => `words/${locale}.json`;
export const laterWordsFile = (locale: Locale): string => `words/later-${locale}.json`;

/**
 * Words of what is fetched when it is needed, of other pages than the panel, and of refusals that only the console's forms
 * meet.
 */
export const laterWords = new RegExp(
  [
    "^(consent|crm|ext|opt_out|options|people|popup|search|thread)\\.",
    "^sites\\.(allowed|note|reason|refused|stop|title|use)$",
    "^(error|fix)\\.(pricing|privacy|identity\\.(already|email|setup)|channels\\.(number_|webhook|pin|too_often|refused))",
    "^(error|fix)\\.templates\\.(definition|edit_limit|handed|limit|name_|not_deletable|not_editable)",
  ].join("|"),
);

const loaded = new Map<Locale, Promise<Words>>();

/** The words of one language, read once. They are data and come as such, beside the script: JSON is parsed faster than code. */
export function wordsOf(locale: Locale): Promise<Words> {
  const words = loaded.get(locale) ?? fetchWords(locale);
  loaded.set(locale, words);
  return words;
}

async function fetchWords(locale: Locale): Promise<Words> {
  const messages = await fetchCatalogue(wordsFile(locale));
  return createWords(locale, messages, () => fetchCatalogue(laterWordsFile(locale)));
}

async function fetchCatalogue(file: string): Promise<Catalogue> {
  const answer = await fetch(`/${file}`);
  return (await answer.json()) as Catalogue;
}
