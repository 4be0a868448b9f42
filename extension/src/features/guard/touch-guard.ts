/**
 * Protects against a page that makes a person press what they do not see (clickjacking). The CRM's page can cover the
 * panel, make it transparent, or move it under the pointer; it cannot look inside or press for them. So a press that
 * sends only counts when the panel has been in plain view for a moment: IntersectionObserver v2 reports that
 * (Chromium; elsewhere the time since it was shown must do).
 */
export type TouchGuard = {
  /** The panel was shown or hidden by its frame. */
  readonly setShown: (shown: boolean) => void;
  readonly stop: () => void;
};

export type Blocked = "covered" | "soon";

/** How long the panel must have been in plain view before a press counts, in milliseconds. */
export const plainViewTime = 300;

export type PlainView = {
  /** Since when the panel has been in plain view, in milliseconds; null while it is not. */
  readonly since: number | null;
  readonly covered: boolean;
};

/** Why a press at `now` does not count; null when it does. */
export function blockedAt(view: PlainView, now: number): Blocked | null {
  if (view.covered) return "covered";
  return view.since === null || now - view.since < plainViewTime ? "soon" : null;
}

/** Version 2 of the entry, as Chromium gives it. */
type SeenEntry = IntersectionObserverEntry & { readonly isVisible?: boolean };

/** The browser asks for at least so many milliseconds between two looks at what covers an element. */
const lookDelay = 100;

/** Stops every press inside `target` that would send, as long as it does not count, and says why. */
export function guardTouch(target: HTMLElement, onBlocked: (why: Blocked) => void): TouchGuard {
  const ended = new AbortController();
  let shown = false;
  let covered = false;
  let since: number | null = null;
  const look = (): void => {
    const plain = shown && !covered;
    if (!plain) since = null;
    else since ??= performance.now();
  };
  const observer = new IntersectionObserver(
    (entries) => {
      const last: SeenEntry | undefined = entries.at(-1);
      covered = shown && last?.isIntersecting === true && last.isVisible === false;
      look();
    },
    { threshold: [0, 1], trackVisibility: true, delay: lookDelay } as IntersectionObserverInit,
  );
  watchTopLayer(target, ended.signal, (layer) => {
    observer.disconnect();
    observer.observe(layer);
  });
  const judge = (event: Event): void => {
    const why = event.isTrusted ? blockedAt({ since, covered }, performance.now()) : "soon";
    if (why === null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    onBlocked(why);
  };
  const within = (event: Event, what: string): boolean =>
    event.target instanceof Element && event.target.closest(what) !== null;
  const listen = { capture: true, signal: ended.signal };
  window.addEventListener("click", (event) => within(event, "button[type=submit]") && judge(event), listen);
  window.addEventListener("keydown", (event) => event.key === "Enter" && within(event, "form") && judge(event), listen);
  window.addEventListener("submit", judge, listen);
  return {
    setShown: (now) => {
      shown = now;
      look();
    },
    stop: () => {
      observer.disconnect();
      ended.abort();
    },
  };
}

/**
 * Calls back with what must be in plain view, now and whenever it changes: the page, or the dialog or popover that lies on it.
 * Our own covers the page, and the browser does not tell whose element it is that covers.
 */
function watchTopLayer(page: HTMLElement, signal: AbortSignal, onLayer: (layer: Element) => void): void {
  let current: Element | null = null;
  const look = (): void => {
    const layer = [...page.querySelectorAll("dialog:modal, :popover-open")].at(-1) ?? page;
    if (layer === current) return;
    current = layer;
    onLayer(layer);
  };
  const watcher = new MutationObserver(look);
  watcher.observe(page, { subtree: true, childList: true, attributeFilter: ["open"] });
  // A popover opens without any change of the document.
  page.addEventListener("toggle", look, { capture: true, signal });
  signal.addEventListener("abort", () => watcher.disconnect());
  look();
}
