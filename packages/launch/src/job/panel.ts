import type { BrowserContext, Frame, Locator, Page } from "playwright-core";
import { until } from "../until.ts";

/**
 * The panel on a CRM page, as a person uses it. The edge tab and the frame hide in a closed shadow root, so the tab is
 * pressed where it is seen and the frame is found by its address.
 */
export type Panel = {
  readonly page: Page;
  readonly frame: Frame;
  readonly bubbles: Locator;
};

/** Where the edge tab stands until somebody moves it: at the inline end, at 40 % of the height. */
const tabHeight = 0.4;

/** Loads a record's page and waits until its name stands there. */
export async function openRecordPage(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator('[data-test-id="highlight-record-label"], records-highlights2 h1').first().waitFor();
}

export async function openPanel(page: Page): Promise<Panel> {
  const size = page.viewportSize() ?? { width: 1440, height: 900 };
  const frame = await until("the panel opens", async () => {
    await page.mouse.click(size.width - 12, Math.round(size.height * tabHeight));
    // A press may come before the tab is there, and one too many closes the panel again: only what is seen counts.
    for (let look = 0; look < looksPerPress; look += 1) {
      const shown = await shownFrame(page);
      if (shown) return shown;
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    return null;
  });
  await until("the panel is drawn", async () => (await frame.locator("main, [role=main]").count()) > 0);
  return { page, frame, bubbles: frame.locator("[data-tick], [role=listitem]") };
}

/** How many pictures the browser draws before the tab is pressed once more: about half a second. */
const looksPerPress = 30;

async function shownFrame(page: Page): Promise<Frame | null> {
  const frame = findFrame(page);
  if (!frame) return null;
  const element = await frame.frameElement();
  return (await element.isVisible()) ? frame : null;
}

/** The frame of the panel, once it has its document. */
export function findFrame(page: Page): Frame | null {
  return page.frames().find((frame) => /^chrome-extension:.*\/panel\.html/.test(frame.url())) ?? null;
}

export type Account = { readonly email: string; readonly password: string };

/** Signs in through the console's page, which the panel opens and which closes by itself. */
export async function signIn(context: BrowserContext, { frame }: Panel, account: Account): Promise<void> {
  const [consolePage] = await Promise.all([
    context.waitForEvent("page"),
    frame.getByRole("button", { name: "Sign in" }).click(),
  ]);
  await consolePage.getByLabel("E-mail").fill(account.email);
  await consolePage.getByLabel("Password").fill(account.password);
  await consolePage.keyboard.press("Enter");
  const closed = consolePage.waitForEvent("close");
  await consolePage.getByRole("button", { name: "Connect this browser" }).click();
  await closed;
}

/** Waits until the message that contains the text carries this tick. */
export async function waitForTick({ frame }: Panel, text: string, tick: string): Promise<void> {
  await frame
    .getByRole("listitem")
    .filter({ hasText: text })
    .locator(`[data-tick="${tick}"]`)
    .last()
    .waitFor({ timeout: 20_000 });
}
