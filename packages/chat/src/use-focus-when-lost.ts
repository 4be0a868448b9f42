import { useEffect, type RefObject } from "react";

/**
 * Gives the focus to what appears where something that had the focus stood before, so that the keyboard is never left
 * nowhere. Never takes it from elsewhere: a person may be typing in the CRM.
 */
export function useFocusWhenLost(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (document.hasFocus() && document.activeElement === document.body) element.current?.focus();
  }, [element]);
}
