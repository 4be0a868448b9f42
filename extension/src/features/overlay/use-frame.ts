import { useEffect, useRef, useState } from "react";
import type { FrameLink } from "./frame-link.ts";

/** Whether a person can see the panel now. Without a page around it, it is always shown. */
export function useShown(link: FrameLink | null): boolean {
  const [shown, setShown] = useState(link === null);
  useEffect(() => link?.follow(setShown), [link]);
  return shown;
}

/** Gives the keyboard back to what had it when the panel was put away; a hidden frame takes it from everything inside. */
export function useKeptFocus(shown: boolean): void {
  const last = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const remember = (event: FocusEvent): void => {
      if (event.target instanceof HTMLElement) last.current = event.target;
    };
    document.addEventListener("focusin", remember);
    return () => document.removeEventListener("focusin", remember);
  }, []);
  useEffect(() => {
    if (shown && last.current?.isConnected) last.current.focus({ preventScroll: true });
  }, [shown]);
}

/**
 * Escape puts the panel away, unless something inside it that is open takes the key for itself. It does so when the key is
 * let go: the keyboard then returns to the page, which must not see half of a key press.
 */
export function useCloseByKey(link: FrameLink | null): void {
  useEffect(() => {
    if (link === null) return;
    let ours = false;
    const before = (event: KeyboardEvent): void => {
      // Asked before anything reacts to the key, because the browser closes menus and dialogs on the way.
      ours = event.key === "Escape" && document.querySelector("dialog[open], :popover-open") === null;
    };
    const after = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) ours = false;
    };
    const released = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && ours) link.close();
      ours = false;
    };
    const ended = new AbortController();
    window.addEventListener("keydown", before, { capture: true, signal: ended.signal });
    window.addEventListener("keydown", after, { signal: ended.signal });
    window.addEventListener("keyup", released, { signal: ended.signal });
    return () => ended.abort();
  }, [link]);
}
