import type { RecordHeader } from "@aparte/core/crm-record.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Field, TextInput } from "@aparte/ui/field.tsx";
import { useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import type { PanelActions } from "../port.ts";
import { ThreadList } from "./thread-list.tsx";
import { createThreadSearch, type ThreadSearch, type ThreadState } from "./thread-search.ts";

export type EveryoneProps = {
  readonly record: RecordHeader;
  readonly ask: NonNullable<PanelActions["thread"]>;
  readonly now: Date;
  /** Opens the conversation with the person of this number (E.164). */
  readonly onOpen: (e164: string) => void;
};

/** What was said with all people of a company, deal or ticket, in one list that can be searched. */
export function Everyone({ record, ask, now, onOpen }: EveryoneProps): ReactNode {
  const { t } = useLaterWords();
  const [words, setWords] = useState("");
  const [search] = useState(() => createThreadSearch(ask));
  const thread = useSyncExternalStore(search.listen, search.getState);
  useAsked(search, words.trim());
  return (
    <section
      aria-label={t("thread.title", { name: record.name })}
      className="flex min-h-0 grow flex-col bg-canvas"
      aria-busy={thread.state === "loading"}
    >
      <search className="border-b border-line bg-surface px-3 py-2">
        <Field label={t("thread.search")}>
          {(control) => (
            <TextInput
              {...control}
              type="search"
              maxLength={100}
              autoComplete="off"
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          )}
        </Field>
      </search>
      {thread.view && thread.view.messages.length > 0 ? (
        <ThreadList view={thread.view} now={now} onOpen={onOpen} onOlder={() => void search.loadOlder()} />
      ) : null}
      <div role="status" className="px-3 py-2 text-center text-sm text-muted empty:hidden">
        <StateWords {...thread} words={words.trim()} onRetry={() => void search.retry()} />
      </div>
    </section>
  );
}

/** A pause in typing, in milliseconds. */
const pause = 250;

function useAsked(search: ThreadSearch, words: string): void {
  useEffect(() => {
    const timer = setTimeout(() => void search.search(words), words === "" ? 0 : pause);
    return () => clearTimeout(timer);
  }, [search, words]);
}

function StateWords(props: ThreadState & { readonly words: string; readonly onRetry: () => void }): ReactNode {
  const { t } = useLaterWords();
  const { state, view, words, onRetry } = props;
  if (state === "loading") return view === null ? t("screen.loading") : null;
  if (state === "ready") {
    const { people = [], messages = [] } = view ?? {};
    if (messages.length > 0) return t("thread.count", { count: people.length });
    return words === "" ? t("thread.empty") : t("thread.nothing", { words });
  }
  return (
    <>
      <p>{t(state === "unreachable" ? "thread.failed" : `error.${state.refused}`)}</p>
      <Button onClick={onRetry}>{t("action.check_again")}</Button>
    </>
  );
}
