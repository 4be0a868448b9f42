import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { VirtualizerHandle } from "virtua";
import type { Row } from "./timeline.ts";

/** Closer to the end than this (px) counts as being there: new messages then pull the list along. */
const endZone = 80;
/** Closer to the top than this (px) fetches the page before. */
const topZone = 120;

export type ListScroll = {
  /** True in the render in which older rows were put in front: the position is then kept from the end. */
  readonly shift: boolean;
  readonly atEnd: boolean;
  /** Messages that came in while the reader was further up. */
  readonly unseen: number;
  readonly onScroll: () => void;
  readonly onResize: () => void;
  readonly toEnd: () => void;
};

/** Keeps a message list where its reader wants it: at the end, or on the line being read while others come and go. */
export function useListScroll(
  rows: readonly Row[],
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<VirtualizerHandle | null>,
  onNearTop: () => void,
): ListScroll {
  const following = useRef(true);
  const placed = useRef(false);
  const [atEnd, setAtEnd] = useState(true);
  const [leftAt, setLeftAt] = useState<string | null>(null);
  const shift = useShift(rows);

  // Read when scrolling, so that older rows in front are no reason to scroll.
  const count = useRef(rows.length);
  useLayoutEffect(() => {
    count.current = rows.length;
  }, [rows.length]);
  const toEnd = useCallback(() => {
    following.current = true;
    list.current?.scrollToIndex(count.current - 1, { align: "end" });
  }, [list]);

  const lastKey = rows.at(-1)?.key;
  const lastIsOwn = isOwn(rows.at(-1));
  useLayoutEffect(() => {
    if (lastKey !== undefined && (following.current || lastIsOwn)) toEnd();
  }, [lastKey, lastIsOwn, toEnd]);

  const onScroll = (): void => {
    const element = scroller.current;
    if (!element) return;
    const end = element.scrollHeight - element.scrollTop - element.clientHeight <= endZone;
    // Reaching the end for the first time takes several steps; nobody scrolled up meanwhile.
    placed.current ||= end;
    if (!placed.current) return;
    if (following.current && !end) setLeftAt(lastKey ?? null);
    following.current = end;
    setAtEnd(end);
    if (element.scrollTop < topZone) onNearTop();
  };
  const onResize = (): void => {
    if (following.current) toEnd();
  };
  const unseen = atEnd ? 0 : incomingAfter(rows, leftAt);
  return { shift, atEnd, unseen, onScroll, onResize, toEnd };
}

function useShift(rows: readonly Row[]): boolean {
  const [last, setLast] = useState({ rows, shift: false });
  if (last.rows === rows) return last.shift;
  const next = { rows, shift: putInFront(last.rows, rows) };
  setLast(next);
  return next.shift;
}

function putInFront(before: readonly Row[], after: readonly Row[]): boolean {
  const first = before.find((row) => row.kind === "message")?.key;
  const now = after.find((row) => row.kind === "message")?.key;
  return first !== now && after.some((row) => row.key === first);
}

function isOwn(row: Row | undefined): boolean {
  return row?.kind === "message" && row.message.direction === "out";
}

function incomingAfter(rows: readonly Row[], key: string | null): number {
  const at = rows.findIndex((row) => row.key === key);
  return rows.slice(at + 1).filter((row) => row.kind === "message" && row.message.direction === "in").length;
}
