import { useEffect, useState } from "react";
import { browser } from "wxt/browser";

/** The window that this page belongs to; null until it is known. */
export function useWindowId(): number | null {
  const [id, setId] = useState<number | null>(null);
  useEffect(() => {
    void browser.windows.getCurrent().then((found) => setId(found.id ?? null));
  }, []);
  return id;
}

/** The tab that is in front in a window; null until it is known. */
export function useActiveTab(windowId: number | null): number | null {
  const [tabId, setTabId] = useState<number | null>(null);
  useEffect(() => {
    if (windowId === null) return;
    let fresher = false;
    const listener = (active: { readonly tabId: number; readonly windowId: number }): void => {
      if (active.windowId !== windowId) return;
      fresher = true;
      setTabId(active.tabId);
    };
    browser.tabs.onActivated.addListener(listener);
    const look = async (): Promise<void> => {
      const [tab] = await browser.tabs.query({ active: true, windowId });
      if (!fresher) setTabId(tab?.id ?? null);
    };
    void look();
    return () => browser.tabs.onActivated.removeListener(listener);
  }, [windowId]);
  return tabId;
}
