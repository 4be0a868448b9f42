import { browser } from "wxt/browser";
import type { ContentScriptContext } from "wxt/utils/content-script-context";
import { defineContentScript } from "wxt/utils/define-content-script";
import { createOverlay, type Overlay } from "../features/overlay/overlay.ts";
import { watchAddress } from "../features/overlay/watch-address.ts";
import { toPage, type PageFacts, type ToBackground, type ToPanel } from "../platform/messages.ts";
import type { PageHooks, PageLook } from "../platform/page-hooks.ts";
import { atHook } from "../sites/at-hook.ts";

/**
 * Runs in the CRM's pages, so it holds nothing worth stealing: it draws the edge tab and the empty frame and tells the
 * background the page's address. Which record that is, it is told. What the page's own scripts say or draw is never believed.
 * Registered for the CRMs that a person allowed (features/site-access).
 */
export default defineContentScript({
  registration: "runtime",
  noScriptStartedPostMessage: true,
  main: (ctx) => {
    let hooks: PageHooks = { name: [], preview: [] };
    const overlay = drawOverlay(() => atHook(document, hooks.name)?.text ?? null);
    tellAddress(ctx, overlay, (facts) => {
      hooks = facts.hooks;
    });
    listen(ctx, overlay);
    ctx.onInvalidated(() => {
      // The person took the site back, or the extension itself went away under the page.
      if (browser.runtime?.id) overlay.remove();
      else overlay.retire();
    });
    takeOver(overlay.remove);
  },
});

/** Sends a former copy of this script away, even one whose extension is gone, and goes when a newer one says the same. */
function takeOver(leave: () => void): void {
  const event = `${browser.runtime.id}:taken-over`;
  document.dispatchEvent(new Event(event));
  document.addEventListener(event, leave, { once: true });
}

function drawOverlay(nameHint: () => string | null): Overlay {
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
    nameHint,
  });
}

/**
 * Reports the address when it changes, and again until the browser's own view of it has caught up. One report at a time: of
 * many addresses in a row only the last is worth one.
 */
function tellAddress(ctx: ContentScriptContext, overlay: Overlay, onFacts: (facts: PageFacts) => void): void {
  let told: string | undefined;
  let telling = false;
  const look = async (): Promise<void> => {
    const address = location.href;
    if (ctx.isInvalid || telling || address === told) return;
    telling = true;
    const facts = await tell<PageFacts>({ kind: "address_seen", address });
    telling = false;
    told = facts?.agreed ? address : undefined;
    if (location.href !== address) return look();
    if (!facts) return;
    onFacts(facts);
    overlay.setRecognised(facts.recognised);
    overlay.setFacts(facts);
  };
  watchAddress(window, ctx.signal, () => void look());
  void look();
}

function listen(ctx: ContentScriptContext, overlay: Overlay): void {
  const listener = (body: unknown, _: unknown, answer: (reply: unknown) => void): void => {
    const message = toPage(body);
    switch (message?.kind) {
      case "panel_ready":
        overlay.ready();
        return answer({ shown: overlay.isShown() });
      case "look":
        return answer(lookAt(message.hooks));
      case "open_panel":
        return overlay.open();
      case "toggle_panel":
        return overlay.toggle();
      case "close_panel":
        return overlay.close();
      case "leave":
        return ctx.notifyInvalidated();
      case undefined:
    }
  };
  browser.runtime.onMessage.addListener(listener);
  ctx.onInvalidated(() => browser.runtime?.onMessage.removeListener(listener));
}

function lookAt({ name, preview }: PageHooks): PageLook {
  const link = atHook(document, preview)?.element.getAttribute("href");
  return { name: atHook(document, name)?.hook ?? null, preview: link ?? null };
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
