import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import type { VirtualizerHandle } from "virtua";
import type { Row } from "./timeline.ts";

export type Roving = {
  /** The message that Tab reaches; all others are reached from it by arrow keys. */
  readonly active: string | undefined;
  readonly activeIndex: number;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly focus: (key: string) => void;
  readonly focusLast: () => void;
};

/** One tab stop for a whole list: arrow keys, Home and End move between its messages, mounted or not. */
export function useRoving(
  rows: readonly Row[],
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<VirtualizerHandle | null>,
): Roving {
  const keys = rows.flatMap((row) => (row.kind === "message" ? [row.key] : []));
  const [chosen, choose] = useState<string | null>(null);
  const wanted = useRef<string | null>(null);
  const active = chosen !== null && keys.includes(chosen) ? chosen : keys.at(-1);
  const activeIndex = rows.findIndex((row) => row.key === active);

  useEffect(() => {
    if (wanted.current === null) return;
    scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(wanted.current)}"]`)?.focus();
    wanted.current = null;
  });

  const focus = (key: string): void => {
    wanted.current = key;
    choose(key);
    list.current?.scrollToIndex(
      rows.findIndex((row) => row.key === key),
      { align: "nearest" },
    );
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset["row"] === undefined) return;
    const at = keys.indexOf(event.target.dataset["row"]);
    const next = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: keys.length - 1 }[event.key];
    const key = next === undefined ? undefined : keys[next];
    if (key === undefined) return;
    event.preventDefault();
    focus(key);
  };
  const focusLast = (): void => {
    const last = keys.at(-1);
    if (last !== undefined) focus(last);
  };
  return { active, activeIndex, onKeyDown, focus, focusLast };
}
