import { useEffect, type RefObject } from "react";

/**
 * Gives the focus to what appears where something that had the focus stood before, so that the keyboard is never left
 * nowhere; when the window is not in use just then, as soon as it is again. Never takes it from elsewhere: a person may be
 * typing in the CRM.
 */
export function useFocusWhenLost(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const take = (): void => {
      if (document.hasFocus() && document.activeElement === document.body) element.current?.focus();
    };
    take();
    window.addEventListener("focus", take, { once: true });
    return () => window.removeEventListener("focus", take);
  }, [element]);
}
