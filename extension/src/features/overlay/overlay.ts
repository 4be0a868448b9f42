import type { PageFacts } from "../../platform/messages.ts";
import { createFrame } from "./frame.ts";
import { createHost } from "./host.ts";
import { createLauncher } from "./launcher.ts";

/** What stands on the CRM's page: the edge tab and the panel. It knows neither records nor messages. */
export type Overlay = {
  readonly isShown: () => boolean;
  /** The tab is only offered where there is a record, and as long as the panel is open. */
  readonly setRecognised: (recognised: boolean) => void;
  readonly setFacts: (facts: PageFacts) => void;
  /** The panel inside the frame is drawn. */
  readonly ready: () => void;
  readonly toggle: () => void;
  readonly open: () => void;
  readonly close: () => void;
  /** The extension behind it is gone: nothing here works until the page is loaded again. */
  readonly retire: () => void;
  readonly remove: () => void;
};

export type OverlayWords = {
  readonly open: string;
  readonly close: string;
  readonly title: string;
  readonly reload: string;
};

export type OverlayEvents = {
  readonly shown: () => void;
  readonly hidden: () => void;
  readonly moved: (top: number) => void;
  /** The name on the page, to stand in the skeleton. */
  readonly nameHint: () => string | null;
};

export function createOverlay(page: Document, address: string, words: OverlayWords, events: OverlayEvents): Overlay {
  const host = createHost(page);
  const frame = createFrame(host.root, address, words.title);
  let recognised = false;
  let retired = false;
  let giveBackFocus = (): void => undefined;

  const open = (): void => {
    if (frame.isShown()) return;
    giveBackFocus = rememberFocus(host.root, launcher.button);
    frame.show(events.nameHint());
    redraw();
    events.shown();
  };
  const close = (): void => {
    if (!frame.isShown()) return;
    frame.hide();
    redraw();
    giveBackFocus();
    events.hidden();
  };
  const toggle = (): void => {
    if (retired) launcher.say(words.reload);
    else if (frame.isShown()) close();
    else open();
  };
  const approach = (): void => {
    if (!retired) frame.load();
  };
  const launcher = createLauncher(host.root, words, { toggle, approach, moved: events.moved });
  const redraw = (): void => {
    launcher.setVisible(recognised || frame.isShown());
    launcher.setOpen(frame.isShown());
  };
  redraw();
  host.setTheme("auto");
  return {
    setRecognised: (now) => {
      recognised = now;
      redraw();
    },
    setFacts: ({ theme, launcherTop, signedIn }) => {
      host.setTheme(theme);
      if (launcherTop !== null) launcher.setTop(launcherTop);
      if (signedIn) requestIdleCallback(approach);
    },
    retire: () => {
      retired = true;
      frame.remove();
      launcher.setOpen(false);
    },
    isShown: frame.isShown,
    ready: frame.ready,
    toggle,
    open,
    close,
    remove: host.remove,
  };
}

/** Remembers what has the keyboard now; the answer gives it back there, or to `otherwise` when that is gone. */
function rememberFocus(root: ShadowRoot, otherwise: HTMLElement): () => void {
  const holder = root.activeElement ?? root.ownerDocument.activeElement;
  return () => {
    const target = holder instanceof HTMLElement && holder.isConnected ? holder : otherwise;
    target.focus({ preventScroll: true });
  };
}
