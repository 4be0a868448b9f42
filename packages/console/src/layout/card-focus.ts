import { flushSync } from "react-dom";

/** Puts the focus on a card's heading. */
export function focusCard(id: string): void {
  document.querySelector<HTMLElement>(`#${CSS.escape(id)}`)?.focus();
}

/**
 * Changes what is shown in a card and goes on at its heading, because what had the focus goes away with the change or a
 * moment later.
 */
export function changeCard(id: string, change: () => void): void {
  // A dialog keeps the focus until it is gone.
  flushSync(change);
  focusCard(id);
}
