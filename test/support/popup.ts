import type { BrowserContext, CDPSession, Worker } from "playwright-core";
import { until } from "@aparte/launch/until.ts";

/** The popup over the page that is in front, as the toolbar button opens it. */
export type Popup = {
  /** What it says. */
  text(): Promise<string>;
  /** Presses the button with exactly these words. */
  press(name: string): Promise<void>;
  isOpen(): Promise<boolean>;
};

/** The extension's background, which may have been ended by the browser since. */
export async function backgroundOf(context: BrowserContext): Promise<Worker> {
  return context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
}

/**
 * Opens the popup over the tab in front. Playwright does not count it among the pages, so it is spoken to by the browser's own
 * protocol, through the session of a page.
 */
export async function openPopup(context: BrowserContext): Promise<Popup> {
  const worker = await backgroundOf(context);
  const [page] = context.pages();
  if (!page) throw new Error("There is no page to open the popup over");
  const session = await context.newCDPSession(page);
  await worker.evaluate("chrome.action.openPopup()");
  const target = await until("the popup is open", () => popupTarget(session));
  const { sessionId } = await session.send("Target.attachToTarget", { targetId: target });
  return {
    text: async () => String(await evaluate(session, sessionId, "document.body.innerText")),
    async press(name) {
      const button = `[...document.querySelectorAll("button")].find(({ textContent }) => textContent === ${JSON.stringify(name)})`;
      await until(`the popup has the button ${name}`, async () => evaluate(session, sessionId, `Boolean(${button})`));
      // The popup may be gone before it can answer.
      await Promise.race([
        evaluate(session, sessionId, `${button}.click()`),
        until("the popup is closed", async () => (await popupTarget(session)) === null),
      ]);
    },
    isOpen: async () => (await popupTarget(session)) !== null,
  };
}

async function popupTarget(session: CDPSession): Promise<string | null> {
  const { targetInfos } = await session.send("Target.getTargets");
  return targetInfos.find(({ url }) => url.endsWith("/popup.html"))?.targetId ?? null;
}

let commands = 0;

/** Evaluates in the popup, as if a person had just pressed something. */
async function evaluate(session: CDPSession, sessionId: string, expression: string): Promise<unknown> {
  const id = ++commands;
  const params = { expression, userGesture: true, awaitPromise: true, returnByValue: true };
  const answer = new Promise<unknown>((resolve) => {
    session.on("Target.receivedMessageFromTarget", ({ message }) => {
      const reply = JSON.parse(message) as { id?: number; result?: { result?: { value?: unknown } } };
      if (reply.id === id) resolve(reply.result?.result?.value);
    });
  });
  const message = JSON.stringify({ id, method: "Runtime.evaluate", params });
  await session.send("Target.sendMessageToTarget", { sessionId, message });
  return answer;
}
