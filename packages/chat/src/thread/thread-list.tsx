import type { ThreadMessage, ThreadPerson, ThreadView } from "@aparte/core/crm-thread.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { clsx } from "clsx";
import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { summaryOf } from "../content/summary.ts";
import { dayLabel, timeOf } from "../when.ts";

export type ThreadListProps = {
  readonly view: ThreadView;
  readonly now: Date;
  readonly onOpen: (e164: string) => void;
  readonly onOlder: () => void;
};

/** Messages of several people in reading order, the newest in sight. One tab stop; arrow keys, Home and End move inside. */
export function ThreadList({ view, now, onOpen, onOlder }: ThreadListProps): ReactNode {
  const { t } = useLaterWords();
  const list = useRef<HTMLUListElement>(null);
  const newest = view.messages.at(-1)?.message.id;
  const shown = useRef<string>(undefined);
  useLayoutEffect(() => {
    if (shown.current !== newest) list.current?.lastElementChild?.scrollIntoView({ block: "end" });
    shown.current = newest;
  }, [newest]);
  const move = (event: KeyboardEvent): void => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>("[data-line]") ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined || at < 0) return;
    event.preventDefault();
    all[next]?.focus();
  };
  return (
    <div className="min-h-0 grow overflow-y-auto px-3 py-2">
      {view.hasMore ? (
        <div className="pb-2 text-center">
          <Button onClick={onOlder}>{t("thread.older")}</Button>
        </div>
      ) : null}
      <ul ref={list} onKeyDown={move} className="flex flex-col gap-1.5">
        {view.messages.map((one) => (
          <Line
            key={one.message.id}
            {...one}
            person={view.people.find(({ contactId }) => contactId === one.contactId)}
            reached={one.message.id === newest}
            now={now}
            onOpen={onOpen}
          />
        ))}
      </ul>
    </div>
  );
}

function Line(
  props: ThreadMessage & {
    readonly person: ThreadPerson | undefined;
    readonly reached: boolean;
    readonly now: Date;
    readonly onOpen: (e164: string) => void;
  },
): ReactNode {
  const words = useLaterWords();
  const { message, person, reached, now, onOpen } = props;
  const { direction, at, content } = message;
  const name = person?.name ?? "";
  const number = person?.number ?? null;
  const who = direction === "out" ? words.t("thread.to", { name }) : name;
  return (
    <li>
      <button
        type="button"
        data-line=""
        tabIndex={reached ? 0 : -1}
        title={number ? words.t("thread.open", { name }) : words.t("thread.hidden")}
        aria-disabled={number === null || undefined}
        onClick={() => number && onOpen(number.e164)}
        className={clsx(
          "forced-edge block w-full rounded px-2.5 py-1.5 text-start shadow-raised hover:brightness-95",
          direction === "out" ? "bg-bubble-out" : "bg-bubble-in",
        )}
      >
        <span className="flex justify-between gap-2 text-xs text-muted">
          <bdi className="truncate font-semibold">{who}</bdi>
          <time dateTime={at} className="shrink-0">
            {dayLabel(at, now, words)} {timeOf(at, words.locale)}
          </time>
        </span>
        <span dir="auto" className="line-clamp-4 block break-words whitespace-pre-wrap">
          {summaryOf(content, words)}
        </span>
      </button>
    </li>
  );
}
