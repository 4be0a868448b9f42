import { I18n, type Messages } from "@lingui/core";
import type source from "../catalogues/en.json";

/** Every key of the English catalogue; a word that stands nowhere cannot be asked for. */
export type WordKey = keyof typeof source;

export type WordValues = Readonly<Record<string, string | number>>;

export const locales = ["en", "fr"] as const;
export type Locale = (typeof locales)[number];

/** The words of one language, and the direction in which it is read. */
export type Words = {
  /** BCP 47 tag, as `Intl` and the `lang` attribute want it. */
  readonly locale: string;
  readonly dir: "ltr" | "rtl";
  /** The words for a key, with values put in place and plurals chosen by the language's own rules (ICU). */
  readonly t: (key: WordKey, values?: WordValues) => string;
  /** Fetches the words that a surface does not start with, once; absent where all are there from the start. */
  readonly later?: () => Promise<void>;
};

/** Compiled messages by their keys. */
export type Catalogue = Readonly<Record<string, unknown>>;

const rightToLeft = new Set(["ar", "fa", "he", "ur"]);

/**
 * The first language that we have among those a person wants, best first (`navigator.languages`, or one setting).
 * A region does not matter: "fr-CA" reads French. English when nothing fits.
 */
export function chooseLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split("-")[0];
    const found = locales.find((locale) => locale === language);
    if (found) return found;
  }
  return "en";
}

/** Words from a compiled catalogue (see `compile.ts`), and where the rest of it comes from when it is not whole. */
export function createWords(locale: string, messages: Catalogue, fetchLater?: () => Promise<Catalogue>): Words {
  const i18n = new I18n({ locale, messages: { [locale]: messages as Messages } });
  let later: Promise<void> | undefined;
  return {
    locale,
    dir: rightToLeft.has(locale.split("-")[0] ?? "") ? "rtl" : "ltr",
    t: (key, values) => i18n._(key, values),
    ...(fetchLater && {
      later: () => (later ??= fetchLater().then((more) => i18n.load(locale, more as Messages))),
    }),
  };
}

/**
 * Loads the catalogue of one language; each is a chunk of its own, so nobody downloads words they do not read. `tag` is
 * the person's own variety ("en-GB"), by which dates and numbers are written.
 */
export async function loadWords(locale: Locale, tag: string = locale): Promise<Words> {
  const catalogue = await catalogues[locale]();
  return createWords(tag, catalogue.default);
}

const catalogues: Record<Locale, () => Promise<{ default: Catalogue }>> = {
  en: () => import("./compiled/en.ts"),
  fr: () => import("./compiled/fr.ts"),
};
