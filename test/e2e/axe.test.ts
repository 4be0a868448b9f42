import { openPanel, openRecordPage, type Panel, signIn } from "@aparte/launch/job/panel.ts";
import { openPhone } from "@aparte/launch/job/phone.ts";
import type { JobPerson } from "@aparte/launch/job/person.ts";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "../support/axe.ts";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { lineOf, sendText, textBox } from "../support/panel.ts";
import { until } from "@aparte/launch/until.ts";
import { password, people, post } from "../support/world.ts";

let desk: Desk;
let page: Page;
let ana: JobPerson;
let panel: Panel;

beforeAll(async () => {
  desk = await openDesk({ signedIn: false });
  page = desk.page;
  ana = await desk.newPerson();
  panel = await desk.open(ana);
});
afterAll(() => desk?.close());
keepEvidence(() => desk?.context);

/** What axe finds in light and in dark. */
async function barriers(where: Frame | Page = panel.frame): Promise<string[]> {
  const found: string[] = [];
  const tab = "emulateMedia" in where ? where : page;
  for (const colorScheme of ["dark", "light"] as const) {
    await tab.emulateMedia({ colorScheme });
    found.push(...(await axeViolations(where)).map((rule) => `${colorScheme}: ${rule}`));
  }
  return found;
}

const button = (name: string | RegExp) => panel.frame.getByRole("button", { name }).first();

/** Every state that the panel can be brought to, in an order in which one follows from the other. */
describe("axe finds nothing in the panel", () => {
  it("before anyone signed in", async () => {
    await button("Sign in").waitFor();
    expect(await barriers()).toEqual([]);
  });

  it("while a sign-in waits to be approved", async () => {
    const [approval] = await Promise.all([desk.context.waitForEvent("page"), button("Sign in").click()]);
    await panel.frame.getByText("Approve the sign-in in the tab that has opened").waitFor();
    await page.bringToFront();
    expect(await barriers()).toEqual([]);
    await approval.close();
    await signIn(desk.context, panel, { email: people.rep, password });
    await panel.frame.getByRole("heading", { name: ana.name }).waitFor();
    await page.bringToFront();
  });

  it("with the templates to choose from", async () => {
    await button(/^quote_ready/).waitFor();
    expect(await barriers()).toEqual([]);
    await panel.frame.getByRole("searchbox").fill("nothing like it");
    await panel.frame.getByText("No template contains these words.").waitFor();
    expect(await barriers()).toEqual([]);
    await panel.frame.getByRole("searchbox").fill("");
  });

  it("with a template whose values are missing", async () => {
    await button(/^order_shipped/).click();
    await panel.frame.getByText("Required.").first().waitFor();
    await panel.frame.getByText("https://track.example.com/p/⟨1⟩").waitFor();
    expect(await barriers()).toEqual([]);
    await button("Other template").click();
  });

  it("with an open window, sent and received messages, and an answer in the making", async () => {
    await desk.writes(ana, "Can we *move* it to https://example.com Friday?");
    await lineOf(panel, "Friday?").waitFor();
    await sendText(panel, ana.name, "Yes.");
    await lineOf(panel, "Yes.").locator('[data-tick="blue"]').waitFor();
    await desk.world.inbound({ from: ana.waId, type: "unsupported", unsupported: { type: "poll_creation" } });
    await panel.frame.getByText("WhatsApp shows this on a phone only").waitFor();
    await lineOf(panel, "Friday?").hover();
    await lineOf(panel, "Friday?").getByRole("button", { name: "Reply" }).click();
    await textBox(panel, ana.name).fill("x".repeat(4097));
    await panel.frame.getByText("4,097 of 4,096").waitFor();
    expect(await barriers()).toEqual([]);
    await textBox(panel, ana.name).fill("");
    await button("Do not reply").click();
  });

  it("with a message that could not be delivered", async () => {
    await post(`${desk.world.whatsapp.url}/_sim/people/${ana.waId}`, { fail_code: 131026 });
    await sendText(panel, ana.name, "Will not arrive");
    await lineOf(panel, "WhatsApp could not deliver to this number.").waitFor();
    expect(await barriers()).toEqual([]);
    await post(`${desk.world.whatsapp.url}/_sim/people/${ana.waId}`, { fail_code: null });
  });

  it("with its menu open", async () => {
    await button("More").click();
    await panel.frame.getByRole("menuitem").first().waitFor();
    expect(await barriers()).toEqual([]);
    await page.keyboard.press("Escape");
  });

  it("with the consent dialog, also when its proof is missing", async () => {
    await button("No consent").click();
    const dialog = panel.frame.getByRole("dialog");
    await dialog.waitFor();
    expect(await barriers()).toEqual([]);
    await until("the missing proof is pointed out", async () => {
      await dialog.getByRole("button", { name: "Record consent" }).click();
      return dialog.getByText("A consent without proof does not count.").isVisible();
    });
    expect(await barriers()).toEqual([]);
    await page.keyboard.press("Escape");
  });

  it("of a person who opted out", async () => {
    await desk.writes(ana, "STOP");
    await panel.frame.getByText(`${ana.name} opted out`).first().waitFor();
    expect(await barriers()).toEqual([]);
    await button("Templates").click();
    await panel.frame.getByText("asked not to receive these messages").first().waitFor();
    expect(await barriers()).toEqual([]);
  });

  it.each([
    ["without a number", { phone: "" }, "has no phone number"],
    ["with a number that cannot be right", { phone: "+91 12345" }, "can’t be used on WhatsApp"],
  ])("of a person %s", async (_, properties, words) => {
    panel = await desk.open(await desk.newPerson(properties));
    await panel.frame.getByText(words).waitFor();
    expect(await barriers()).toEqual([]);
  });

  it("on a list, without a record", async () => {
    await page.getByRole("link", { name: "Contacts" }).first().click();
    await panel.frame.getByText("No record open").waitFor();
    expect(await barriers()).toEqual([]);
  });
});

describe("axe finds nothing in", () => {
  it("a place where it would find what is wrong", async () => {
    const picture = await panel.frame.evaluateHandle(() => {
      const without = document.createElement("img");
      document.querySelector("main")?.append(without);
      return without;
    });
    expect((await barriers()).map((found) => found.split(" at ")[0])).toEqual(["dark: image-alt", "light: image-alt"]);
    await picture.evaluate((element) => element.remove());
  });

  it.each(["popup.html", "options.html"])("the extension's %s", async (file) => {
    const tab = await desk.context.newPage();
    await tab.goto(new URL(file, desk.context.serviceWorkers()[0]?.url()).href);
    await tab.getByRole("heading", { level: 1 }).waitFor({ state: "attached" });
    expect(await barriers(tab)).toEqual([]);
    await tab.close();
  });

  it("the CRM's pages and the customer's phone", async () => {
    expect(await barriers(page)).toEqual([]);
    await openRecordPage(page, ana.url);
    expect(await barriers(page)).toEqual([]);
    const phone = await openPhone(desk.context, desk.world.whatsapp.url, ana);
    await phone.getByText("Yes.").first().waitFor();
    expect(await barriers(phone)).toEqual([]);
    await phone.close();
  });

  it("the panel when the server is gone, with what it remembers and without", async () => {
    panel = await openPanel(page);
    await lineOf(panel, "Friday?").waitFor();
    await desk.world.app.close();
    await panel.frame.getByText("Can’t reach localhost").waitFor();
    expect(await barriers()).toEqual([]);
    panel = await desk.open(await desk.newPerson());
    await panel.frame.getByText("Can’t reach localhost").waitFor();
    expect(await barriers()).toEqual([]);
  });
});
