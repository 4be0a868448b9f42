/** How often the address is looked at in any case, in milliseconds; the events below come at once. */
const slowLook = 1_000;

/**
 * Calls back whenever the page's address has changed, and at least every second so that the caller can check what else
 * may have changed. A CRM moves between records without loading a page: `currententrychange` of the Navigation API tells
 * that at once (Chromium 102, Firefox 147), after the address is the new one.
 */
export function watchAddress(window: Window & typeof globalThis, signal: AbortSignal, look: () => void): void {
  window.navigation?.addEventListener("currententrychange", look, { signal });
  window.addEventListener("popstate", look, { signal });
  const timer = window.setInterval(look, slowLook);
  signal.addEventListener("abort", () => window.clearInterval(timer));
}
