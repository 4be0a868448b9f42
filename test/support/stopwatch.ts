import type { Panel } from "@aparte/launch/job/panel.ts";
import type { BrowserContext, Page } from "playwright-core";

type Marks = {
  /** When the person pressed, when the skeleton was painted, when the conversation was; in ms since 1970. */
  readonly __marks: { pressed?: number; skeleton?: number; conversation?: number };
  readonly __shifts: readonly { readonly value: number; readonly where: readonly string[] }[];
};

/** Makes every document of this browser note when it painted what, by its own clock. Call before the page is loaded. */
export async function installStopwatch(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const marks: Marks["__marks"] = {};
    const shifts: { value: number; where: string[] }[] = [];
    Object.assign(window, { __marks: marks, __shifts: shifts });
    const now = () => performance.timeOrigin + performance.now();
    // What a frame draws is on the screen when the next frame begins.
    const afterPaint = (note: () => void) => requestAnimationFrame(() => requestAnimationFrame(note));
    if (location.protocol === "chrome-extension:") {
      const look = new MutationObserver(() => {
        if (!document.querySelector("[data-row]")) return;
        look.disconnect();
        afterPaint(() => (marks.conversation = now()));
      });
      look.observe(document, { childList: true, subtree: true });
      return;
    }
    const lookForPanel = (): void => {
      const there = document.elementFromPoint(innerWidth - 190, innerHeight / 2);
      // The one element with a name of its own kind on the page is ours.
      if (there?.localName.includes("-")) afterPaint(() => (marks.skeleton ??= now()));
      else requestAnimationFrame(lookForPanel);
    };
    const pressed = (event: Event): void => {
      if (!event.isTrusted || marks.pressed) return;
      marks.pressed = performance.timeOrigin + event.timeStamp;
      lookForPanel();
    };
    addEventListener("click", pressed, { capture: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node?: Node }[] })[]) {
        const where = entry.sources.map(({ node }) => {
          const element = node instanceof Element ? node : node?.parentElement;
          return element?.closest("[data-test-id]")?.getAttribute("data-test-id") ?? element?.tagName ?? "unknown";
        });
        shifts.push({ value: entry.value, where });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

export type Opening = {
  /** From the press to the painted skeleton, and to the painted conversation; in ms. */
  readonly skeleton: number;
  readonly conversation: number;
};

/** How long the panel took to open, once it has. */
export async function readOpening(page: Page, { frame }: Panel): Promise<Opening> {
  await page.waitForFunction(() => (window as unknown as Marks).__marks.skeleton);
  await frame.waitForFunction(() => (window as unknown as Marks).__marks.conversation);
  const read = () => (window as unknown as Marks).__marks;
  const [outside, inside] = [await page.evaluate(read), await frame.evaluate(read)];
  const { pressed = 0, skeleton = Infinity } = outside;
  const { conversation = Infinity } = inside;
  return { skeleton: skeleton - pressed, conversation: conversation - pressed };
}

/** The layout shifts of the page since it was loaded, each with the parts of the page that moved. */
export async function readShifts(page: Page): Promise<Marks["__shifts"]> {
  return page.evaluate(() => (window as unknown as Marks).__shifts);
}
