import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type BrowserContext } from "playwright-core";
import { checkout } from "../data-dir.ts";
import { allowCrmPages } from "./site-access.ts";

export const extensionFolder = join(checkout, "extension/.output/chrome-mv3");

export type BrowserOptions = {
  readonly executablePath: string;
  readonly env: Record<string, string> | undefined;
  readonly profile: string;
  readonly headless: boolean;
  /** Port of the CRM pages, to which the CRMs' own host names are led. */
  readonly pagesPort: number;
  /** False: nobody has told the extension yet where it may work. */
  readonly allowed?: boolean;
};

/** Hosts of the CRMs' pages, as Chromium's host rules write them. */
const crmHosts = ["app.hubspot.com", "app-*.hubspot.com", "*.lightning.force.com"];

/**
 * Chromium with the built extension, on which the CRMs' hosts are our pages. They count as public, as the real ones do:
 * otherwise Local Network Access would never be exercised.
 */
export async function openBrowser(options: BrowserOptions): Promise<BrowserContext> {
  await mkdir(options.profile, { recursive: true });
  const context = await launch(options);
  if (!(options.allowed ?? true) || !(await allowCrmPages(context))) return context;
  // A Chromium without a screen gives the keyboard back to no frame once tabs were opened beside it and closed: the one
  // that people work in is a fresh one.
  await context.close();
  return launch(options);
}

function launch(options: BrowserOptions): Promise<BrowserContext> {
  const { pagesPort, headless } = options;
  return chromium.launchPersistentContext(options.profile, {
    executablePath: options.executablePath,
    ...(options.env === undefined ? {} : { env: { ...cleanEnvironment(), ...options.env } }),
    headless,
    chromiumSandbox: false,
    ignoreHTTPSErrors: true,
    viewport: headless ? { width: 1440, height: 900 } : null,
    locale: "en-US",
    timezoneId: Intl.DateTimeFormat().resolvedOptions().timeZone,
    args: [
      `--disable-extensions-except=${extensionFolder}`,
      `--load-extension=${extensionFolder}`,
      `--host-resolver-rules=${crmHosts.map((host) => `MAP ${host}:443 127.0.0.1:${pagesPort}`).join(", ")}`,
      `--ip-address-space-overrides=127.0.0.1:${pagesPort}=public`,
      "--disable-background-networking",
      "--disable-component-update",
      "--no-first-run",
      "--disable-quic",
    ],
  });
}

function cleanEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Tells the extension where the server is, as an administrator's policy would: the one address it cannot guess. */
export async function pointExtension(context: BrowserContext, serverUrl: string): Promise<void> {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  await worker.evaluate(async (url) => {
    const { chrome } = globalThis as unknown as { chrome: { storage: { local: ChromeStorage } } };
    const { settings = {} } = await chrome.storage.local.get("settings");
    await chrome.storage.local.set({ settings: { ...settings, serverUrl: url } });
  }, serverUrl);
}

type ChromeStorage = {
  get(key: string): Promise<{ settings?: Record<string, unknown> }>;
  set(items: Record<string, unknown>): Promise<void>;
};
