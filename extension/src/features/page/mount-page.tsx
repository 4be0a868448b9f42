import { chooseLocale, type Words } from "@aparte/i18n/i18n.ts";
import { WordsProvider } from "@aparte/i18n/words-context.tsx";
import { StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { sessionAt, storedSession, type Session } from "../../platform/session.ts";
import { readSettings, watchSettings, type Settings } from "../../platform/settings.ts";
import { wordsOf } from "../../platform/words.ts";

/** What every page of the extension knows: the settings, and who is signed in at the server that is set. */
export type PageState = { readonly settings: Settings; readonly session: Session | null };

/** `start`: the page draws itself with the words that the panel starts with; `all`: it waits for the others. */
export type WordsWanted = "start" | "all";

/** Draws a page into `#root` in the chosen language and theme, and again whenever one of them or the session changes. */
export async function mountPage(render: (page: PageState) => ReactNode, wanted: WordsWanted): Promise<void> {
  const element = document.querySelector("#root");
  if (element === null) throw new Error("The page has no #root");
  const root = createRoot(element);
  let [settings, session] = await Promise.all([readSettings(), storedSession.read()]);
  const draw = async (): Promise<void> => {
    const words = await wordsFor(settings);
    if (wanted === "all") await words.later?.();
    document.documentElement.lang = words.locale;
    document.documentElement.dir = words.dir;
    if (settings.theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = settings.theme;
    const page = { settings, session: sessionAt(session, settings.serverUrl) };
    root.render(
      <StrictMode>
        <WordsProvider words={words}>{render(page)}</WordsProvider>
      </StrictMode>,
    );
  };
  watchSettings((changed) => {
    settings = changed;
    void draw();
  });
  storedSession.watch((changed) => {
    session = changed;
    void draw();
  });
  await draw();
}

async function wordsFor({ locale }: Settings): Promise<Words> {
  return wordsOf(locale === "auto" ? chooseLocale(navigator.languages) : locale);
}
