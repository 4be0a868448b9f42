import type { BrowserContext } from "playwright-core";

/** What an update does: the extension goes and comes back. In developer mode, without which an unpacked one stays away. */
export async function updateExtension(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto("chrome://extensions");
  await page.evaluate("chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })");
  await page.close();
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  const ended = worker.waitForEvent("close");
  // The answer is lost with what would give it.
  worker.evaluate("chrome.runtime.reload()").catch(() => undefined);
  await ended;
}
