import { flushSync } from "react-dom";

/** Puts the focus on a card's heading. */
export function focusCard(id: string): void {
  document.querySelector<HTMLElement>(`#${CSS.escape(id)}`)?.focus();
}

/** Changes what is shown in a card. When what had the focus goes with it, reading goes on at the card's heading. */
export function changeCard(id: string, change: () => void): void {
  flushSync(change);
  if (document.activeElement === document.body) focusCard(id);
}
