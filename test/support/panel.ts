import type { Panel } from "@aparte/launch/job/panel.ts";
import type { Frame, Locator, Page } from "playwright-core";
import { until } from "@aparte/launch/until.ts";

/** The line of the conversation with this text. */
export function lineOf({ frame }: Pick<Panel, "frame">, text: string): Locator {
  return frame.locator("[data-row]").filter({ hasText: text });
}

/** The box in which one writes to this person. */
export function textBox({ frame }: Pick<Panel, "frame">, name: string): Locator {
  return frame.getByRole("textbox", { name: `Message to ${name}` });
}

/** Writes and sends a text. A press right after the panel appeared does not count, so it is repeated as a person would. */
export async function sendText(panel: Pick<Panel, "frame">, name: string, text: string): Promise<void> {
  const box = textBox(panel, name);
  await box.fill(text);
  await until("the text is sent", async () => {
    await box.press("Enter");
    return (await box.inputValue()) === "";
  });
}

/** Whether the page shows the panel. The frame stays loaded while it is hidden. */
export async function isShown({ frame }: Pick<Panel, "frame">): Promise<boolean> {
  return (await frame.frameElement()).isVisible();
}

/** What has the keyboard in this document: the name that a screen reader says, else its words, else its tag. */
export function focused(frame: Frame | Page): Promise<string> {
  return frame.evaluate(() => {
    const { activeElement: active } = document;
    const label = active?.getAttribute("aria-label") ?? active?.getAttribute("placeholder");
    const field = active?.id ? document.querySelector(`label[for="${active.id}"]`)?.textContent : null;
    return label ?? field ?? (active?.matches("button, a") ? active.textContent : null) ?? active?.tagName ?? "";
  });
}

/** Presses a key until what is named so has the keyboard. */
export async function pressUntil(
  page: Page,
  frame: Frame | Page,
  [key, name]: [string, string | RegExp],
): Promise<void> {
  const names: string[] = [];
  const matches = (found: string) => (typeof name === "string" ? found === name : name.test(found));
  while (names.length < 60) {
    const found = await focused(frame);
    if (matches(found)) return;
    names.push(found);
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never leads to ${String(name)}, but to: ${names.join(" | ")}`);
}

/** Waits until what is named so has the keyboard. */
export async function waitForFocus(frame: Frame | Page, name: string | RegExp): Promise<void> {
  let found = "";
  await until(`the keyboard is at ${String(name)}`, async () => {
    found = await focused(frame);
    return typeof name === "string" ? found === name : name.test(found);
  }).catch((error: Error) => {
    throw new Error(`${error.message}; it is at: ${found}`);
  });
}

/** Notes each tick that a message with this text shows from now on. The answer tells which, in order. */
export async function watchTicks({ frame }: Pick<Panel, "frame">, text: string): Promise<() => Promise<string[]>> {
  await frame.evaluate((wanted) => {
    const seen: string[] = [];
    const look = (): void => {
      const lines = [...document.querySelectorAll("[role=listitem]")].filter((line) =>
        line.textContent.includes(wanted),
      );
      const tick = lines.at(-1)?.querySelector("[data-tick]")?.getAttribute("data-tick");
      if (tick && seen.at(-1) !== tick) seen.push(tick);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    Object.assign(window, { __ticks: { ...(window as unknown as Ticks).__ticks, [wanted]: seen } });
  }, text);
  return () => frame.evaluate((wanted) => (window as unknown as Ticks).__ticks[wanted] ?? [], text);
}

type Ticks = { readonly __ticks: Readonly<Record<string, string[]>> };
