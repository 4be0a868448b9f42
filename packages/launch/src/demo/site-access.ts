import type { BrowserContext, Page, Worker } from "playwright-core";
import { until } from "../until.ts";

/**
 * Lets the extension into the CRMs' pages as a person does: on the browser's own page of the extension, then by the buttons
 * of its settings. The question that the browser asks in between is drawn by the browser and cannot be answered from here;
 * it does not ask about hosts that were allowed on its own page.
 *
 * @returns whether there was anything to do: false in a profile that has answered before.
 */
export async function allowCrmPages(context: BrowserContext): Promise<boolean> {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  const origins = await missingOrigins(worker);
  if (origins.length === 0) return false;
  // First, because they come by themselves when the extension is new, and take any tab that is still empty.
  const settings = await openSettings(context, worker);
  await allowInBrowser(context, new URL(worker.url()).host, origins);
  await settings.reload();
  const buttons = settings.locator("[data-site] button");
  await buttons.first().waitFor();
  for (const button of await buttons.all()) await button.click();
  await until("the CRMs are allowed", async () => (await missingOrigins(worker)).length === 0);
  // The browser shows the settings in an empty tab when there is one; without a tab there is no window either.
  if (context.pages().length > 1) await settings.close();
  else await settings.goto("about:blank");
  return true;
}

async function allowInBrowser(context: BrowserContext, extensionId: string, origins: string[]): Promise<void> {
  const page = await context.newPage();
  await page.goto("chrome://extensions");
  await page.evaluate(
    async ({ extensionId, origins }) => {
      const { chrome } = globalThis as unknown as { chrome: ExtensionsPage };
      for (const origin of origins) await chrome.developerPrivate.addHostPermission(extensionId, origin);
    },
    { extensionId, origins },
  );
  await page.close();
}

/** The extension opens its settings by itself when it is new; asking again shows the same tab. */
async function openSettings(context: BrowserContext, worker: Worker): Promise<Page> {
  await worker.evaluate(async () => {
    const { chrome } = globalThis as unknown as { chrome: ExtensionWorker };
    await chrome.runtime.openOptionsPage();
  });
  return until("the settings are open", async () =>
    context.pages().find((page) => page.url().endsWith("/options.html")),
  );
}

/** The hosts that the extension would like and does not have. */
function missingOrigins(worker: Worker): Promise<string[]> {
  return worker.evaluate(async () => {
    const { chrome } = globalThis as unknown as { chrome: ExtensionWorker };
    const wanted = chrome.runtime.getManifest().optional_host_permissions;
    const held = await Promise.all(wanted.map((origin) => chrome.permissions.contains({ origins: [origin] })));
    return wanted.filter((_, at) => !held[at]);
  });
}

/** What the page of the browser's extensions can do. */
type ExtensionsPage = {
  readonly developerPrivate: { addHostPermission(extensionId: string, origin: string): Promise<void> };
};
type ExtensionWorker = {
  readonly runtime: {
    getManifest(): { readonly optional_host_permissions: string[] };
    openOptionsPage(): Promise<void>;
  };
  readonly permissions: { contains(wanted: { origins: string[] }): Promise<boolean> };
};
