import { createWords, type Locale, type Words } from "./i18n.ts";

type Catalogue = { readonly default: Readonly<Record<string, unknown>> };

/** The words of the console in one language: those that all surfaces use, and its own. `tag` as in `loadWords`. */
export async function loadConsoleWords(locale: Locale, tag: string = locale): Promise<Words> {
  const [common, own] = await Promise.all(catalogues[locale]());
  return createWords(tag, { ...common.default, ...own.default });
}

const catalogues: Record<Locale, () => [Promise<Catalogue>, Promise<Catalogue>]> = {
  en: () => [import("./compiled/en.ts"), import("./compiled/console-en.ts")],
  fr: () => [import("./compiled/fr.ts"), import("./compiled/console-fr.ts")],
};
