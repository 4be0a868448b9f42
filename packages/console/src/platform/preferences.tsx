import { chooseLocale, locales, type Locale, type Words } from "@aparte/i18n/i18n.ts";
import { loadConsoleWords } from "@aparte/i18n/console-words.ts";
import { WordsProvider } from "@aparte/i18n/words-context.tsx";
import { createContext, useContext, useLayoutEffect, useMemo, useState, type ReactNode } from "react";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** How a person wants the console on this machine. It belongs to the browser, so it also holds before sign-in. */
export type Preferences = {
  readonly locale: Locale;
  readonly theme: Theme;
  readonly chooseLocale: (locale: Locale) => void;
  readonly chooseTheme: (theme: Theme) => void;
};

const localeKey = "aparte.locale";
const themeKey = "aparte.theme";

const PreferencesContext = createContext<Preferences | null>(null);

export type StartingPreferences = { readonly locale: Locale; readonly theme: Theme; readonly words: Words };

/** What was chosen earlier, else what the browser asks for; with the words, so that nothing is drawn without them. */
export async function readPreferences(): Promise<StartingPreferences> {
  const stored = localStorage.getItem(localeKey);
  const locale = locales.find((known) => known === stored) ?? chooseLocale(navigator.languages);
  const theme = themes.find((known) => known === localStorage.getItem(themeKey)) ?? "system";
  return { locale, theme, words: await wordsOf(locale) };
}

/** Gives language, direction and theme to the document, and words to everything inside. */
export function PreferencesProvider(props: {
  readonly start: StartingPreferences;
  readonly children: ReactNode;
}): ReactNode {
  const [{ locale, theme, words }, setState] = useState(props.start);
  useLayoutEffect(() => {
    const { documentElement } = document;
    documentElement.lang = words.locale;
    documentElement.dir = words.dir;
    if (theme === "system") delete documentElement.dataset.theme;
    else documentElement.dataset.theme = theme;
  }, [words, theme]);
  const preferences = useMemo(
    (): Preferences => ({
      locale,
      theme,
      chooseLocale: (chosen) => {
        localStorage.setItem(localeKey, chosen);
        void wordsOf(chosen).then((found) => setState((state) => ({ ...state, locale: chosen, words: found })));
      },
      chooseTheme: (chosen) => {
        localStorage.setItem(themeKey, chosen);
        setState((state) => ({ ...state, theme: chosen }));
      },
    }),
    [locale, theme],
  );
  return (
    <PreferencesContext value={preferences}>
      <WordsProvider words={words}>{props.children}</WordsProvider>
    </PreferencesContext>
  );
}

/** The preferences of the surrounding `PreferencesProvider`. */
export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (preferences === null) throw new Error("usePreferences needs a PreferencesProvider around it");
  return preferences;
}

/** Words with dates and numbers written as the person's own variety of the language does: en-GB rather than en. */
function wordsOf(locale: Locale): Promise<Words> {
  const tag = navigator.languages.find((wanted) => wanted.toLowerCase().split("-")[0] === locale);
  return loadConsoleWords(locale, tag ?? locale);
}
