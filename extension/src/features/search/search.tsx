import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Field, TextInput } from "@aparte/ui/field.tsx";
import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import type { Api } from "../../platform/api.ts";
import type { Subject } from "../record/subject.ts";
import { choicesOf, type Choice } from "./choices.ts";
import { SearchResults } from "./search-results.tsx";
import { useFound } from "./use-found.ts";

/**
 * One box for people, records and pasted numbers: what is typed is looked for while it is typed, arrow keys and Enter choose.
 * A combobox with a list, as the WAI-ARIA Authoring Practices describe it.
 */
export function Search(props: { readonly api: Api; readonly onChoose: (subject: Subject) => void }): ReactNode {
  const { t } = useLaterWords();
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const found = useFound(props.api, words);
  const listId = useId();
  const choices = found.view ? choicesOf(found.view) : [];
  const current = choices[Math.min(at, choices.length - 1)];
  const type = (text: string): void => {
    setWords(text);
    setAt(0);
  };
  const choose = ({ subject }: Choice): void => {
    type("");
    props.onChoose(subject);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && current) setAt((choices.indexOf(current) + step + choices.length) % choices.length);
    else if (event.key === "Enter" && current && !event.nativeEvent.isComposing) choose(current);
    else if (event.key === "Escape" && words !== "") type("");
    else return;
    event.preventDefault();
  };
  return (
    <search className="flex flex-col gap-1">
      <Field label={t("search.label")}>
        {(control) => (
          <TextInput
            {...control}
            type="search"
            maxLength={100}
            role="combobox"
            aria-expanded={choices.length > 0}
            aria-controls={listId}
            aria-activedescendant={current && `${listId}-${current.key}`}
            aria-autocomplete="list"
            autoComplete="off"
            spellCheck={false}
            value={words}
            onChange={(event) => type(event.target.value)}
            onKeyDown={onKeyDown}
          />
        )}
      </Field>
      <SearchResults {...{ listId, found, choices, current }} words={words.trim()} onChoose={choose} />
    </search>
  );
}
