import { findFrame, openRecordPage, type Panel } from "@aparte/launch/job/panel.ts";
import type { JobPerson } from "@aparte/launch/job/person.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { timelineOf } from "../support/hubspot.ts";
import { focused, isShown, lineOf, pressUntil, waitForFocus, watchTicks } from "../support/panel.ts";
import { until } from "@aparte/launch/until.ts";
import { password, people, post } from "../support/world.ts";

let desk: Desk;
let page: Page;
let person: JobPerson;
let panel: Panel;

beforeAll(async () => {
  desk = await openDesk({ signedIn: false });
  page = desk.page;
  person = await desk.newPerson();
  await openRecordPage(page, person.url);
});
afterAll(() => desk?.close());
keepEvidence(() => desk?.context);

/** The whole job, in its order. No step of it uses a pointer. */
describe("with the keyboard alone", () => {
  it("the edge tab is reached and opens the panel, which takes the keyboard", async () => {
    await page.keyboard.press("/");
    expect(await focused(page)).toMatch(/search/i);
    // The tab stands last on the page, so going backwards from its beginning leads there.
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await pressUntil(page, page, ["Shift+Tab", /^[A-Z]{5}-[A-Z]{7}$/]);
    await page.keyboard.press("Enter");
    const frame = await until("the panel opens", async () => findFrame(page));
    panel = { page, frame, bubbles: frame.locator("[data-tick]") };
    await frame.getByRole("button", { name: "Sign in" }).waitFor();
    expect(await isShown(panel)).toBe(true);
  });

  it("signing in leads to the console and back to the record", async () => {
    await pressUntil(page, panel.frame, ["Tab", "Sign in"]);
    const [consolePage] = await Promise.all([desk.context.waitForEvent("page"), page.keyboard.press("Enter")]);
    await consolePage.getByLabel("E-mail").waitFor();
    await pressUntil(consolePage, consolePage, ["Tab", "E-mail"]);
    await consolePage.keyboard.type(people.rep);
    await pressUntil(consolePage, consolePage, ["Tab", "Password"]);
    await consolePage.keyboard.type(password);
    await consolePage.keyboard.press("Enter");
    await consolePage.getByRole("button", { name: "Connect this browser" }).waitFor();
    await pressUntil(consolePage, consolePage, ["Tab", "Connect this browser"]);
    await Promise.all([consolePage.waitForEvent("close"), consolePage.keyboard.press("Enter")]);
    await panel.frame.getByRole("heading", { name: person.name }).waitFor();
  });

  it("a template is found, filled from the record and sent", async () => {
    await post(`${desk.world.whatsapp.url}/_sim/behaviour`, { sent_ms: 400, delivered_ms: 400, read_ms: 400 });
    await waitForFocus(panel.frame, "Search templates");
    await page.keyboard.type("quote");
    await page.keyboard.press("ArrowDown");
    await waitForFocus(panel.frame, /^quote_ready/);
    const ticks = await watchTicks(panel, "Q-2041");
    await page.keyboard.press("Enter");
    await waitForFocus(panel.frame, "Send template");
    await page.keyboard.press("Enter");
    await until("the template is read", async () => (await ticks()).at(-1) === "blue");
    expect(await ticks()).toEqual(["clock", "one", "two", "blue"]);
  });

  it("the answer opens the text box, which has the keyboard", async () => {
    await desk.writes(person, "Can we move delivery to Friday?");
    await lineOf(panel, "Can we move delivery to Friday?").waitFor();
    await waitForFocus(panel.frame, `Message to ${person.name}`);
    await page.keyboard.type("Friday works.");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("Clara");
    await page.keyboard.press("Enter");
    await lineOf(panel, "Friday works.").waitFor();
    await waitForFocus(panel.frame, `Message to ${person.name}`);
    expect(await panel.frame.getByRole("textbox").inputValue()).toBe("");
  });

  it("a single message is answered", async () => {
    await page.keyboard.press("ArrowUp");
    await waitForFocus(panel.frame, /Friday works/);
    await page.keyboard.press("ArrowUp");
    await waitForFocus(panel.frame, /move delivery/);
    await pressUntil(page, panel.frame, ["Tab", "Reply to this message"]);
    await page.keyboard.press("Enter");
    await waitForFocus(panel.frame, `Message to ${person.name}`);
    await page.keyboard.type("To this very question: yes.");
    await page.keyboard.press("Enter");
    const reply = lineOf(panel, "To this very question: yes.");
    await reply.getByRole("button", { name: "Can we move delivery to Friday?" }).waitFor();
  });

  it("consent is recorded with its proof", async () => {
    await pressUntil(page, panel.frame, ["Shift+Tab", "No consent"]);
    await page.keyboard.press("Enter");
    await panel.frame.getByRole("dialog").waitFor();
    await pressUntil(page, panel.frame, ["Tab", "Exact words"]);
    await page.keyboard.type("May we write to you about offers? Yes.");
    await pressUntil(page, panel.frame, ["Tab", "Record consent"]);
    await page.keyboard.press("Enter");
    await panel.frame.getByRole("dialog").waitFor({ state: "detached" });
    await waitForFocus(panel.frame, "Opted in");
  });

  it("the menu opens, is walked through and closes without closing the panel", async () => {
    await pressUntil(page, panel.frame, ["Shift+Tab", "More"]);
    await page.keyboard.press("Enter");
    await waitForFocus(panel.frame, "Record consent");
    await page.keyboard.press("ArrowDown");
    await waitForFocus(panel.frame, "Opt out");
    await page.keyboard.press("Escape");
    await waitForFocus(panel.frame, "More");
    expect(await isShown(panel)).toBe(true);
  });

  it("Escape closes the panel and gives the keyboard back to what had it", async () => {
    await page.keyboard.press("Escape");
    await until("the panel is closed", async () => !(await isShown(panel)));
    await waitForFocus(page, /^[A-Z]{5}-[A-Z]{7}$/);
    await pressUntil(page, page, ["Shift+Tab", "Details"]);
    await commandToggle(desk);
    await until("the panel is open", () => isShown(panel));
    await waitForFocus(panel.frame, /./);
    await page.keyboard.press("Escape");
    await until("the panel is closed", async () => !(await isShown(panel)));
    expect(await focused(page)).toBe("Details");
  });

  it("HubSpot and WhatsApp hold what was written, once each", async () => {
    await until("HubSpot has it all", async () => {
      const entries = await timelineOf(desk.world, person.recordId);
      const bodies = entries.map(({ properties }) => properties["hs_communication_body"] ?? "");
      const [conversation, ...others] = bodies.filter((body) => body.includes("Friday works."));
      expect(others).toEqual([]);
      return conversation?.includes("To this very question: yes.") && bodies.some((body) => body.includes("agreed"));
    });
    const ledger = (await (await fetch(`${desk.world.whatsapp.url}/_sim/ledger`)).json()) as { kind: string }[];
    expect(ledger.filter(({ kind }) => kind === "message")).toMatchObject([
      { body: { type: "template" } },
      { body: { type: "text", text: { body: "Friday works.\nClara" } } },
      {
        body: {
          type: "text",
          text: { body: "To this very question: yes." },
          context: { message_id: expect.any(String) },
        },
      },
    ]);
  });
});

/** What the browser's shortcut for the extension does. The browser keeps the keys themselves from automation. */
async function commandToggle({ context }: Desk): Promise<void> {
  const [worker] = context.serviceWorkers();
  await worker?.evaluate(async () => {
    const { chrome } = globalThis as unknown as { chrome: ChromeTabs };
    const [tab] = await chrome.tabs.query({ active: true, url: "https://app.hubspot.com/*" });
    if (tab) await chrome.tabs.sendMessage(tab.id, { kind: "toggle_panel" }, { frameId: 0 });
  });
}

type ChromeTabs = {
  readonly tabs: {
    query(what: object): Promise<{ id: number }[]>;
    sendMessage(tabId: number, message: object, options: object): Promise<unknown>;
  };
};
