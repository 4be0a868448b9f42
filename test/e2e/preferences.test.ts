import type { JobPerson } from "@aparte/launch/job/person.ts";
import type { Panel } from "@aparte/launch/job/panel.ts";
import { until } from "@aparte/launch/until.ts";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "../support/axe.ts";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { plainBrowser } from "../support/console.ts";
import { templateNamed, templateTo } from "../support/conversation.ts";

type Plain = Awaited<ReturnType<typeof plainBrowser>>;

let desk: Desk;
let browser: Plain;
let phone: BrowserContext;
/** The person's own browser: a small telephone on which scripts are switched off. */
let page: Page;
let ana: JobPerson;
let panel: Panel;
let contactId: string;
let url: string;
let stoppedAt: number;

beforeAll(async () => {
  [desk, browser] = await Promise.all([openDesk(), plainBrowser()]);
  ana = await desk.newPerson();
  panel = await desk.open(ana);
  await panel.frame.getByRole("heading", { name: ana.name }).waitFor();
  const view = await desk.world.rep.crm.openNumber.mutate({ e164: `+${ana.waId}` });
  if (view.state !== "ready") throw new Error(`The number opens as ${view.state}`);
  contactId = view.conversation.person.contactId;
  await desk.world.rep.consent.record.mutate({
    contactId,
    purposes: ["marketing"],
    action: "given",
    method: "in_person",
    wording: "May we send you our offers? Yes.",
    occurredAt: new Date(Date.now() - 60_000).toISOString(),
  });
  const link = await desk.world.rep.consent.preferenceLink.query({ contactId });
  if (!link.ok) throw new Error(link.refused);
  url = link.url;
  phone = await browser.newContext({
    javaScriptEnabled: false,
    locale: "en-GB",
    viewport: { width: 320, height: 640 },
  });
  phone.setDefaultTimeout(15_000);
  page = await phone.newPage();
});
afterAll(async () => {
  await browser?.close();
  await desk?.close();
});
keepEvidence(() => phone);

/** What is wrong with the page as it stands, in light and in dark, on a telephone and on a desk. */
async function barriers(): Promise<string[]> {
  const html = await page.content();
  // The checks are scripts: they read the same page where scripts run.
  const reader = await browser.newPage();
  const found: string[] = [];
  for (const width of [320, 1280]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await reader.setViewportSize({ width, height: 640 });
      await reader.emulateMedia({ colorScheme });
      await reader.setContent(html);
      const place = `${width} px, ${colorScheme}`;
      found.push(...(await axeViolations(reader)).map((rule) => `${place}: ${rule}`));
      const room = await reader.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (room > 0) found.push(`${place}: ${room} px wider than the window`);
    }
  }
  await reader.close();
  return found;
}

/** Goes on with the Tab key until this button has the focus. */
async function tabTo(name: string): Promise<void> {
  const focused = page.locator("button:focus");
  for (let turn = 0; turn < 30; turn += 1) {
    if ((await focused.count()) > 0 && (await focused.innerText()) === name) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`The Tab key never came to ${name}.`);
}

async function answerOfTheApi(): Promise<string> {
  const template = await templateNamed(desk.world, "spring_offer");
  const outcome = await desk.world.rep.messaging.sendTemplate.mutate(templateTo(desk.world, contactId, template));
  return outcome.ok ? "sent" : outcome.refused;
}

describe("the preference page, without scripts and by keyboard alone", () => {
  it("says what the person allows, to everybody who reads it", async () => {
    await page.goto(url);
    await page.getByRole("heading", { level: 1, name: "Your choice, every time" }).waitFor();
    const marketing = page.getByRole("listitem").filter({ hasText: "News and offers" }).first();
    await marketing.getByText(/^Allowed until/).waitFor();
    expect(await barriers()).toEqual([]);
  });

  it("is read in another language at a press, and stays in it", async () => {
    await page.getByRole("link", { name: "Français" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Vous avez le choix, à tout moment" }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("fr");
    await page.getByRole("link", { name: "English" }).click();
  });

  it("stops advertisements: the panel and the API refuse from then on", async () => {
    await panel.frame.getByRole("button", { name: "Opted in" }).first().waitFor();
    await tabTo("Stop news and offers");
    await page.keyboard.press("Enter");
    await page.getByText("From now on Acme does not send you this any more.").waitFor();
    stoppedAt = Date.now();
    expect(await page.locator("[role=status]:focus").count()).toBe(1);
    expect(await barriers()).toEqual([]);
    await panel.frame.getByRole("button", { name: "Opted out" }).first().waitFor();
    expect(await answerOfTheApi()).toBe("consent.opted_out");
  });

  it("lets the person allow them again, and then stop everything", async () => {
    // Within the second of the stop it would not count: doubt never sends.
    await until("a second has passed", () => Promise.resolve(Date.now() > stoppedAt + 1_100));
    await tabTo("Allow news and offers");
    await page.keyboard.press("Enter");
    await page.getByText("From now on Acme may send you this.").waitFor();
    await panel.frame.getByRole("button", { name: "Opted in" }).first().waitFor();
    await tabTo("Stop all messages");
    await page.keyboard.press("Space");
    await page.getByText("From now on Acme begins no conversation with you any more.").waitFor();
    await page.getByText("All messages are stopped.").waitFor();
    expect(await barriers()).toEqual([]);
    expect(await answerOfTheApi()).toBe("consent.opted_out");
  });

  it("has a friendly answer for a link that is broken", async () => {
    await page.goto(url.slice(0, -3));
    await page.getByRole("heading", { name: "This link does not work any more" }).waitFor();
    await page.getByText("write STOP in the chat: that always works").waitFor();
    expect(await barriers()).toEqual([]);
  });
});
