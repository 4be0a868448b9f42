import type { JobPerson } from "@aparte/launch/job/person.ts";
import { newNumber, waIdOf } from "@aparte/launch/job/person.ts";
import { openRecordPage } from "@aparte/launch/job/panel.ts";
import { until } from "@aparte/launch/until.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "../support/axe.ts";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { lineOf, sendText } from "../support/panel.ts";
import { backgroundOf, openPopup } from "../support/popup.ts";
import { sentTo } from "../support/sent-messages.ts";

let desk: Desk;
let ana: JobPerson;
let background: string;

beforeAll(async () => {
  desk = await openDesk({ crms: ["hubspot", "salesforce"] });
  ana = await desk.newPerson({ firstname: "Anabela", lastname: "Quaresma" });
  await desk.writes(ana, "Anabela asks");
  background = (await backgroundOf(desk.context)).url();
});
afterAll(() => desk?.close());
keepEvidence(() => desk?.context);

/** The extension's page in a tab of the same window: the panel there is the one that stands in the side panel. */
async function openTab(file: "panel.html" | "popup.html"): Promise<Page> {
  const page = await desk.context.newPage();
  await page.goto(new URL(file, background).href);
  return page;
}

const searchBox = (page: Page) => page.getByRole("combobox", { name: "Search people and records, or paste a number" });
const option = (page: Page, name: string | RegExp) => page.getByRole("option", { name }).first();

async function barriers(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await axeViolations(page)));
  }
  return found;
}

describe("the popup tells what Aparté sees", () => {
  const says = async (words: string): Promise<void> => {
    await desk.page.bringToFront();
    const popup = await openPopup(desk.context);
    await until(`the popup says: ${words}`, async () => (await popup.text()).includes(words));
    await desk.page.bringToFront();
    await desk.page.mouse.click(300, 450);
    await until("the popup is closed", async () => !(await popup.isOpen()));
  };

  it("on a record: its kind by the address, and its name", async () => {
    await openRecordPage(desk.page, ana.url);
    await says("HubSpot contact, by the page’s address");
    await says("Its name stands on the page.");
  });

  it("on a page of the CRM without a record, with the next step", async () => {
    await desk.page.goto(new URL("/contacts/4242/objects/0-1/views/all/list", ana.url).href);
    await says("HubSpot, but no record. Open one, or search below.");
  });

  it("on any other page, where it sees nothing", async () => {
    await desk.page.goto(desk.world.origin);
    await says("No CRM. Open a record in your CRM, or search below.");
  });
});

describe("without a page that is recognised", () => {
  it("a person is found by name with the keyboard alone, and their conversation opens beside the page", async () => {
    const popup = await openTab("popup.html");
    await searchBox(popup).fill("anabela");
    await option(popup, /Anabela Quaresma/).waitFor();
    expect(await barriers(popup)).toEqual([]);
    const closed = popup.waitForEvent("close");
    // It goes with the press, and its answer with it.
    void searchBox(popup)
      .press("Enter")
      .catch(() => undefined);
    await closed;
    const worker = await backgroundOf(desk.context);
    const contexts = () => worker.evaluate("chrome.runtime.getContexts({ contextTypes: ['SIDE_PANEL'] })");
    await until("the side panel is open", async () => ((await contexts()) as unknown[]).length === 1);
    const panel = await openTab("panel.html");
    await panel.getByRole("heading", { name: ana.name, exact: true }).waitFor();
    await lineOf({ frame: panel.mainFrame() }, "Anabela asks").waitFor();
    expect(await barriers(panel)).toEqual([]);
    await sendText({ frame: panel.mainFrame() }, ana.name, "Answered from beside the page");
    await until("it is sent", async () => (await sentTo(desk.world, ana)).includes("Answered from beside the page"));
    await panel.close();
  });

  it("a pasted number opens a conversation, whether or not anybody has it", async () => {
    const phone = newNumber();
    const panel = await openTab("panel.html");
    await searchBox(panel).fill(phone.replace("+55 11 ", "0055 (11) "));
    await option(panel, `Write to ${display(phone)}`).click();
    await panel.getByText(display(phone)).first().waitFor();
    await panel.getByText("No CRM record has this number").waitFor();
    expect(await barriers(panel)).toEqual([]);
    await desk.writes({ ...ana, waId: waIdOf(phone), name: "Nobody Known" }, "It is me");
    await lineOf({ frame: panel.mainFrame() }, "It is me").waitFor();
    await sendText({ frame: panel.mainFrame() }, display(phone), "Who is it?");
    const stranger = { ...ana, waId: waIdOf(phone) };
    await until("it is sent", async () => (await sentTo(desk.world, stranger)).includes("Who is it?"));
    await panel.getByRole("button", { name: "Follow the tab again" }).click();
    await panel.getByText("Open a record in your CRM and the conversation appears here.").waitFor();
    await panel.close();
  });

  it("what is not found says so, and Escape clears the box", async () => {
    const panel = await openTab("panel.html");
    await searchBox(panel).fill("Nobody by that name");
    await panel.getByText("Nothing found for “Nobody by that name”.").waitFor();
    await searchBox(panel).press("Escape");
    expect(await searchBox(panel).inputValue()).toBe("");
    await panel.close();
  });

  it("the panel beside the pages follows the tab in front", async () => {
    await desk.page.bringToFront();
    await openRecordPage(desk.page, ana.url);
    const panel = await openTab("panel.html");
    await desk.page.bringToFront();
    await panel.getByRole("heading", { name: ana.name, exact: true }).waitFor();
    await panel.close();
  });
});

/** As the panel writes a Brazilian number. */
const display = (phone: string) => phone.replace(/(\d{4})-(\d{4})$/, "$1 $2");
