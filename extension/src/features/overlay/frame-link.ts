import { browser } from "wxt/browser";
import { isObject } from "../../platform/guards.ts";
import { toPanel, type Sender, type ToPage } from "../../platform/messages.ts";

/** The panel's side of its frame on the page. */
export type FrameLink = {
  readonly tabId: number;
  /** Asks the page to put the panel away. */
  readonly close: () => void;
  /** Tells the page that the panel is drawn, and calls back when it is shown or hidden, first with how it stands now. */
  readonly follow: (onShown: (shown: boolean) => void) => () => void;
};

/** Null when the panel runs in a tab of its own: there is no page around it. */
export async function linkToFrame(): Promise<FrameLink | null> {
  const tab = await browser.tabs.getCurrent();
  if (tab?.id === undefined || window === window.top) return null;
  const tabId = tab.id;
  const tell = (message: ToPage): Promise<unknown> => browser.tabs.sendMessage(tabId, message, { frameId: 0 });
  return {
    tabId,
    close: () => void tell({ kind: "close_panel" }),
    follow: (onShown) => {
      const listener = (body: unknown, sender: Sender): void => {
        const message = toPanel(body);
        if (message && sender.tab?.id === tabId && sender.frameId === 0) onShown(message.kind === "panel_shown");
      };
      browser.runtime.onMessage.addListener(listener);
      void tell({ kind: "panel_ready" }).then((answer) => onShown(isObject(answer) && answer.shown === true));
      return () => browser.runtime.onMessage.removeListener(listener);
    },
  };
}
