import { createApp, type App } from "@aparte/api/app";
import { randomPort } from "@aparte/launch/ports.ts";
import { startHubSpotSimulator } from "@aparte/simulators/hubspot/start.ts";
import { startSalesforceSimulator } from "@aparte/simulators/salesforce/start.ts";
import { startWhatsAppSimulator, type WhatsAppSimulator } from "@aparte/simulators/whatsapp/simulator.ts";
import { chromium, type Browser, type Page } from "playwright-core";
import { inject } from "vitest";
import { axeViolations } from "./axe.ts";
import { freshDatabase, type TestDatabase } from "./database.ts";
import { environment, password } from "./world.ts";

/** A server on which nobody has done anything yet, and a browser without the extension. */
export type NewServer = {
  readonly origin: string;
  readonly app: App;
  readonly database: TestDatabase;
  readonly whatsapp: WhatsAppSimulator;
  readonly browser: Browser;
  close(): Promise<void>;
};

export async function startNewServer(): Promise<NewServer> {
  const database = await freshDatabase();
  const [whatsapp, hubspot, salesforce] = await Promise.all([
    startWhatsAppSimulator({ port: await randomPort() }),
    startHubSpotSimulator({ port: await randomPort() }),
    startSalesforceSimulator({ port: await randomPort() }),
  ]);
  const port = await randomPort();
  const origin = `http://localhost:${port}`;
  const app = await createApp({ env: environment({ database, whatsapp, hubspot, salesforce, port, origin }) });
  await app.http.listen({ port, host: "::" });
  app.start("all");
  const browser = await plainBrowser();
  return {
    origin,
    app,
    database,
    whatsapp,
    browser,
    async close() {
      await browser.close();
      await app.close();
      await Promise.all([whatsapp, hubspot, salesforce].map((simulator) => simulator.close()));
      await database.drop();
    },
  };
}

/** A browser without the extension. */
export function plainBrowser(): Promise<Browser> {
  const { executablePath, env } = inject("chromium");
  return chromium.launch({ executablePath, chromiumSandbox: false, ...(env ? { env } : {}) });
}

/** A person's browser window. `blocked` collects what the page's content policy had to forbid. */
export async function openWindow(browser: Browser): Promise<{ readonly page: Page; readonly blocked: string[] }> {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const blocked: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) blocked.push(message.text());
  });
  return { page, blocked };
}

/**
 * What is wrong with a page for people who see, read or use it in other ways: on a desk and on a telephone, in light and
 * in dark. Empty when nothing is.
 */
export async function barriers(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of [1280, 320]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      const place = `${width} px, ${colorScheme}`;
      found.push(...(await axeViolations(page)).map((rule) => `${place}: ${rule}`));
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (overflow > 0) found.push(`${place}: ${overflow} px wider than the window`);
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

/** A member signs in with the password that all have, and stands before the overview. */
export async function signIn(window: Page, origin: string, email: string): Promise<void> {
  await window.goto(`${origin}/`);
  await window.getByLabel("E-mail").fill(email);
  await window.getByLabel("Password").fill(password);
  await window.keyboard.press("Enter");
  await window.getByRole("heading", { name: "Overview" }).waitFor();
}
