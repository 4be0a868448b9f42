import type { CrmName } from "@aparte/core/crm-record.ts";
import { openBrowser, pointExtension } from "@aparte/launch/demo/browser.ts";
import { openPanel, openRecordPage, signIn, type Panel } from "@aparte/launch/job/panel.ts";
import { createContact } from "@aparte/launch/job/hubspot-record.ts";
import type { JobPerson } from "@aparte/launch/job/person.ts";
import { randomPort } from "@aparte/launch/ports.ts";
import { startPagesServer } from "@aparte/simulators/pages/start.ts";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { beforeEach, inject } from "vitest";
import { connectCrm } from "./crm-consent.ts";
import { password, people, startWorld, type World } from "./world.ts";

/** Where screenshots of what failed go. */
export const evidenceFolder = fileURLToPath(new URL("../../.aparte/e2e", import.meta.url));

/** A Chromium with the extension, in which the CRM's host name leads to our pages. */
export async function openChromium(pagesPort: number, profile: string): Promise<BrowserContext> {
  const { executablePath, env } = inject("chromium");
  const context = await openBrowser({ executablePath, env, profile, headless: true, pagesPort });
  context.setDefaultTimeout(15_000);
  return context;
}

/** A rep at work: a whole firm on real parts with its CRM connected, and the rep's browser. */
export type Desk = {
  readonly world: World;
  readonly context: BrowserContext;
  /** The tab with the CRM. */
  readonly page: Page;
  /** Makes a contact of the CRM that nobody has written to yet. */
  newPerson(properties?: Readonly<Record<string, string>>): Promise<JobPerson>;
  /** Changes a contact as someone else does in the CRM. */
  changeContact(person: JobPerson, properties: Readonly<Record<string, string>>): Promise<void>;
  /** Opens the person's record and the panel on it. */
  open(person: { readonly url: string }): Promise<Panel>;
  /** The person writes a text. */
  writes(person: JobPerson, text: string): Promise<void>;
  /** Closes the browser and opens it again with the same profile; `context` and `page` are new ones then. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

export type DeskOptions = {
  /** False: nobody has signed in to the extension yet. */
  readonly signedIn?: boolean;
  /** Which CRMs are connected; HubSpot when left out. */
  readonly crms?: readonly CrmName[];
};

/** Sets a desk up. The rep signs in once, through the panel and the console's page. */
export async function openDesk({ signedIn = true, crms = ["hubspot"] }: DeskOptions = {}): Promise<Desk> {
  const profile = await mkdtemp(join(tmpdir(), "aparte-browser-"));
  const port = await randomPort();
  const [opened, world] = await Promise.all([openChromium(port, profile), startWorld()]);
  let context = opened;
  const pages = await startPagesServer({ port, hubspotUrl: world.hubspot.url, salesforce: world.salesforce });
  for (const crm of crms) await connectCrm(world, crm);
  await pointExtension(context, world.origin);
  let page = context.pages()[0] ?? (await context.newPage());
  const desk: Desk = {
    world,
    get context() {
      return context;
    },
    get page() {
      return page;
    },
    newPerson: (properties) => createContact(world.hubspot, properties),
    async changeContact({ recordId }, properties) {
      const { url, identity } = world.hubspot;
      const answer = await fetch(`${url}/crm/objects/2026-09/contacts/${recordId}`, {
        method: "PATCH",
        headers: { authorization: `Bearer ${identity.access_token}`, "content-type": "application/json" },
        body: JSON.stringify({ properties }),
      });
      if (!answer.ok) throw new Error(`HubSpot refused the change (${answer.status}): ${await answer.text()}`);
    },
    async open({ url }) {
      await openRecordPage(page, url);
      return openPanel(page);
    },
    writes: ({ waId, name }, text) =>
      world.inbound({ from: waId, profile_name: name, type: "text", text: { body: text } }),
    async restart() {
      await context.close();
      context = await openChromium(port, profile);
      page = context.pages()[0] ?? (await context.newPage());
    },
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
      await pages.close();
      await world.close();
    },
  };
  if (signedIn) {
    const person = await desk.newPerson();
    const panel = await desk.open(person);
    await signIn(context, panel, { email: people.rep, password });
    await panel.frame.getByRole("heading", { name: person.name }).waitFor();
  }
  return desk;
}

/** Keeps a picture of every tab when a test fails, named after the test. */
export function keepEvidence(contextOf: () => BrowserContext | undefined): void {
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(async () => {
      await mkdir(evidenceFolder, { recursive: true });
      const name = `${task.file.name.split("/").at(-1)} ${task.name}`.replaceAll(/[^\w-]+/g, "-").slice(0, 120);
      const pages = contextOf()?.pages() ?? [];
      for (const [index, page] of pages.entries()) {
        await page.screenshot({ path: join(evidenceFolder, `${name}-${index}.png`), timeout: 5_000 });
      }
    });
  });
}
