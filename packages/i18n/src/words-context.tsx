import { createContext, use, useContext, type ReactNode } from "react";
import type { Words } from "./i18n.ts";

const WordsContext = createContext<Words | null>(null);

/** Gives the words of one language to everything inside. */
export function WordsProvider(props: { readonly words: Words; readonly children: ReactNode }): ReactNode {
  return <WordsContext value={props.words}>{props.children}</WordsContext>;
}

/** The words of the surrounding `WordsProvider`. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error("useWords needs a WordsProvider around it");
  return words;
}

/** The same words, and those that the surface did not start with: waits for them inside a `<Suspense>`. */
export function useLaterWords(): Words {
  const words = useWords();
  if (words.later) use(words.later());
  return words;
}
