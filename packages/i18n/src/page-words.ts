import { createWords, type Locale, type Words } from "./i18n.ts";

/** The words of the pages that the API itself writes, for people who have neither the panel nor the console. */
export async function loadPageWords(locale: Locale): Promise<Words> {
  const { default: words } = await catalogues[locale]();
  return createWords(locale, words);
}

const catalogues: Record<Locale, () => Promise<{ readonly default: Readonly<Record<string, unknown>> }>> = {
  en: () => import("./compiled/page-en.ts"),
  fr: () => import("./compiled/page-fr.ts"),
};
