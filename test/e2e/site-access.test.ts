import { openBrowser } from "@aparte/launch/demo/browser.ts";
import { allowCrmPages } from "@aparte/launch/demo/site-access.ts";
import { findFrame, openPanel } from "@aparte/launch/job/panel.ts";
import { randomPort } from "@aparte/launch/ports.ts";
import { until } from "@aparte/launch/until.ts";
import { startHubSpotSimulator, type HubSpotSimulator } from "@aparte/simulators/hubspot/start.ts";
import { startPagesServer, type PagesServer } from "@aparte/simulators/pages/start.ts";
import { startSalesforceSimulator, type SalesforceSimulator } from "@aparte/simulators/salesforce/start.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { keepEvidence } from "../support/browser.ts";
import { updateExtension } from "../support/update-extension.ts";

let hubspot: HubSpotSimulator;
let salesforce: SalesforceSimulator;
let pages: PagesServer;
let profile: string;
let context: BrowserContext;

beforeAll(async () => {
  hubspot = await startHubSpotSimulator({ port: await randomPort() });
  salesforce = await startSalesforceSimulator({ port: await randomPort() });
  pages = await startPagesServer({ port: await randomPort(), hubspotUrl: hubspot.url, salesforce });
  profile = await mkdtemp(join(tmpdir(), "aparte-browser-"));
  context = await open();
});
afterAll(async () => {
  await context?.close();
  await Promise.all([pages, salesforce, hubspot].map((part) => part?.close()));
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});
keepEvidence(() => context);

/** The browser as it is started again and again with one profile; nobody answers for the person. */
function open(): Promise<BrowserContext> {
  const { executablePath, env } = inject("chromium");
  return openBrowser({ executablePath, env, profile, headless: true, pagesPort: pages.port, allowed: false });
}

const record = "https://app.hubspot.com/contacts/4242/record/0-1/101";
const lightning = "https://aparte-demo.lightning.force.com/lightning/page/home";

const settings = () =>
  until("the settings are open", async () => context.pages().find((page) => page.url().endsWith("/options.html")));
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

type Chrome = {
  readonly permissions: { getAll(): Promise<{ readonly origins: string[] }> };
  readonly scripting: { getRegisteredContentScripts(): Promise<{ readonly id: string }[]> };
};
async function inWorker<T>(ask: (chrome: Chrome) => Promise<T> | T): Promise<T> {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  return worker.evaluate(`(${ask.toString()})(chrome)`);
}
const registered = () =>
  inWorker(async ({ scripting }) => (await scripting.getRegisteredContentScripts()).map(({ id }) => id).toSorted());

/** How many of our elements stand on the page: custom elements of no known name at the end of the document. */
const drawn = (page: Page) =>
  page.evaluate(() => [...document.documentElement.children].filter(({ localName }) => localName.includes("-")).length);
const isDrawn = (page: Page, count: number) =>
  until(`${count} of us on the page`, async () => (await drawn(page)) === count);

describe("before anybody was asked", () => {
  it("nothing is allowed and nothing runs; the settings open and say why they ask", async () => {
    const page = await settings();
    for (const crm of ["HubSpot", "Salesforce"]) {
      await button(page, `Use Aparté in ${crm}`).waitFor();
      await page.getByText(`To know which ${crm} record is open`).waitFor();
    }
    expect(await inWorker(async ({ permissions }) => (await permissions.getAll()).origins)).toEqual([]);
    expect(await registered()).toEqual([]);
    const [first] = context.pages();
    await first?.goto(record);
    expect(first && (await drawn(first))).toBe(0);
  });
});

describe("what was allowed", () => {
  it("starts in the tabs that are open, for both", async () => {
    const tab = await context.newPage();
    await tab.goto(lightning);
    await allowCrmPages(context);
    expect(await registered()).toEqual(["hubspot", "salesforce"]);
    const [first] = context.pages();
    if (first) await isDrawn(first, 1);
    await isDrawn(tab, 1);
  });

  it("is given back for one CRM alone, at once, and allowed again", async () => {
    const [hubspotTab, lightningTab] = context.pages();
    const page = await context.newPage();
    await page.goto(new URL("options.html", (await inWorker(() => location.origin)) + "/").href);
    await button(page, "Stop using it in Salesforce").click();
    if (lightningTab) await isDrawn(lightningTab, 0);
    await until("one is registered", async () => (await registered()).join() === "hubspot");
    if (hubspotTab) expect(await drawn(hubspotTab)).toBe(1);
    await button(page, "Use Aparté in Salesforce").click();
    if (lightningTab) await isDrawn(lightningTab, 1);
    await page.close();
  });

  it("survives a restart of the browser", async () => {
    await context.close();
    context = await open();
    await until("both are registered", async () => (await registered()).join() === "hubspot,salesforce");
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(record);
    await isDrawn(page, 1);
  });

  it("survives an update of the extension: the new one takes the old one's place in open tabs", async () => {
    const page = context.pages()[0] ?? (await context.newPage());
    await openPanel(page);
    await updateExtension(context);
    await until("the old frame is gone", async () => findFrame(page) === null);
    await isDrawn(page, 1);
    await openPanel(page);
    await isDrawn(page, 1);
  });
});
