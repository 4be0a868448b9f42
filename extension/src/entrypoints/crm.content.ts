import { browser } from "wxt/browser";
import type { ContentScriptContext } from "wxt/utils/content-script-context";
import { defineContentScript } from "wxt/utils/define-content-script";
import { createOverlay, type Overlay } from "../features/overlay/overlay.ts";
import { watchAddress } from "../features/overlay/watch-address.ts";
import { toPage, type PageFacts, type ToBackground, type ToPanel } from "../platform/messages.ts";
import { matchPatterns, nameHint, recordAt, recordKey } from "../sites/site.ts";

/**
 * Runs in the CRM's pages, so it holds nothing worth stealing: it reads the address, draws the edge tab and the empty
 * frame, and tells the background which record it sees. What the page's own scripts say or draw is never believed.
 */
export default defineContentScript({
  matches: matchPatterns(),
  runAt: "document_idle",
  noScriptStartedPostMessage: true,
  main: (ctx) => {
    const overlay = drawOverlay();
    tellRecord(ctx, overlay);
    listen(ctx, overlay);
    ctx.onInvalidated(() => {
      // A newer copy of this script took over, or the extension itself went away under the page.
      if (browser.runtime?.id) overlay.remove();
      else overlay.retire();
    });
  },
});

function drawOverlay(): Overlay {
  const say = (name: string): string => browser.i18n.getMessage(name);
  const words = {
    open: say("ext_open_panel"),
    close: say("ext_close_panel"),
    title: say("ext_frame_title"),
    reload: say("ext_reload_page"),
  };
  return createOverlay(document, browser.runtime.getURL("/panel.html"), words, {
    shown: () => void tell({ kind: "panel_shown" }),
    hidden: () => void tell({ kind: "panel_hidden" }),
    moved: (top) => void tell({ kind: "launcher_moved", top }),
    nameHint: () => nameHint(location.href, document)?.text ?? null,
  });
}

/** Reports each record once, and again until the browser's own view of the address has caught up. */
function tellRecord(ctx: ContentScriptContext, overlay: Overlay): void {
  let told: string | null | undefined;
  const look = async (): Promise<void> => {
    if (ctx.isInvalid) return;
    const ref = recordAt(location.href);
    const record = ref && recordKey(ref);
    if (record === told) return;
    told = record;
    overlay.setRecognised(record !== null);
    const facts = await tell<PageFacts>({ kind: "record_seen", record });
    if (facts) overlay.setFacts(facts);
    if (!facts?.agreed && told === record) told = undefined;
  };
  watchAddress(window, ctx.signal, () => void look());
  void look();
}

function listen(ctx: ContentScriptContext, overlay: Overlay): void {
  const listener = (message: unknown, _: unknown, answer: (reply: unknown) => void): void => {
    switch (toPage(message)?.kind) {
      case "panel_ready":
        overlay.ready();
        return answer({ shown: overlay.isShown() });
      case "open_panel":
        return overlay.open();
      case "toggle_panel":
        return overlay.toggle();
      case "close_panel":
        return overlay.close();
      case undefined:
    }
  };
  browser.runtime.onMessage.addListener(listener);
  ctx.onInvalidated(() => browser.runtime?.onMessage.removeListener(listener));
}

/**
 * Sends and waits for the answer. Null when nobody took it: the background is restarting (the next look tells it again) or
 * the extension is gone (the context notices and says so on the page).
 */
async function tell<Reply>(message: ToBackground | ToPanel): Promise<Reply | null> {
  try {
    return (await browser.runtime.sendMessage(message)) ?? null;
  } catch {
    return null;
  }
}
