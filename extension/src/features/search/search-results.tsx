import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import type { Choice } from "./choices.ts";
import type { Found } from "./use-found.ts";

/** What a search brought, as a list to choose from, and what it could not bring. */
export function SearchResults(props: {
  readonly listId: string;
  readonly words: string;
  readonly found: Found;
  readonly choices: readonly Choice[];
  readonly current: Choice | undefined;
  readonly onChoose: (choice: Choice) => void;
}): ReactNode {
  const { t } = useLaterWords();
  const { listId, found, choices, current } = props;
  return (
    <>
      <div
        id={listId}
        role="listbox"
        aria-label={t("search.results")}
        className="max-h-80 overflow-y-auto empty:absolute"
      >
        {choices.map((choice) => (
          <ChoiceLine
            key={choice.key}
            id={`${listId}-${choice.key}`}
            choice={choice}
            current={choice === current}
            onChoose={() => props.onChoose(choice)}
          />
        ))}
      </div>
      <p role="status" className="text-sm text-muted empty:absolute">
        {wordsFor(props, t)}
      </p>
      {found.view?.silent.map(({ crm, accountName, reason }) => (
        <p key={`${crm} ${accountName}`} className="text-sm text-muted">
          {t("search.silent", { account: accountName })} {t(`error.${reason}`)}
        </p>
      ))}
    </>
  );
}

function wordsFor(
  { found, choices, words }: { readonly found: Found; readonly choices: readonly Choice[]; readonly words: string },
  t: ReturnType<typeof useLaterWords>["t"],
): string {
  switch (found.state) {
    case "idle":
      return "";
    case "searching":
      return t("search.searching");
    case "failed":
      return t("search.failed");
    case "found":
      return choices.length === 0 ? t("search.nothing", { words }) : t("search.count", { count: choices.length });
  }
}

function ChoiceLine(props: {
  readonly id: string;
  readonly choice: Choice;
  readonly current: boolean;
  readonly onChoose: () => void;
}): ReactNode {
  const { t } = useLaterWords();
  const { name, ref, detail, number } = props.choice;
  const kind = ref && t(`sites.${ref.crm}_${ref.type}`);
  const second = [kind, detail, name === null ? null : number].filter(Boolean).join(" · ");
  return (
    // The keyboard stays in the box and chooses from there; a press here is for pointers.
    <div
      id={props.id}
      role="option"
      aria-selected={props.current}
      onClick={props.onChoose}
      className="cursor-pointer rounded-sm px-2 py-1 hover:bg-veil aria-selected:bg-veil"
    >
      <p className="truncate font-semibold">
        <bdi>{name ?? t("search.write_to", { number: number ?? "" })}</bdi>
      </p>
      <p className="truncate text-xs text-muted empty:hidden">
        <bdi>{second}</bdi>
      </p>
    </div>
  );
}
