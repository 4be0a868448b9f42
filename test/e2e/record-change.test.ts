import { findFrame, openPanel, type Panel } from "@aparte/launch/job/panel.ts";
import type { JobPerson } from "@aparte/launch/job/person.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { isShown, lineOf, sendText, textBox } from "../support/panel.ts";
import { sentTo } from "../support/sent-messages.ts";
import { until } from "@aparte/launch/until.ts";

let desk: Desk;
let page: Page;
let ana: JobPerson;
let bruno: JobPerson;
let panel: Panel;

beforeAll(async () => {
  desk = await openDesk();
  page = desk.page;
  ana = await desk.newPerson();
  bruno = await desk.newPerson({ firstname: "Bruno", lastname: "Lima" });
  await Promise.all([desk.writes(ana, "Ana asks"), desk.writes(bruno, "Bruno asks")]);
  panel = await desk.open(ana);
  await lineOf(panel, "Ana asks").waitFor();
});
afterAll(() => desk?.close());
keepEvidence(() => desk?.context);

/** Moves on inside the page, as the CRM's own links do. */
const goTo = ({ url }: { url: string }) =>
  page.evaluate((path) => {
    history.pushState(null, "", path);
    dispatchEvent(new PopStateEvent("popstate"));
  }, new URL(url).pathname);

const titled = (name: string) => panel.frame.getByRole("heading", { name, exact: true });

describe("another record opens in the page", () => {
  it("the panel follows, and the text for the first person stays with them", async () => {
    await textBox(panel, ana.name).fill("For Ana alone");
    await page.getByRole("link", { name: "Next contact" }).first().press("Enter");
    await titled(bruno.name).waitFor();
    await lineOf(panel, "Bruno asks").waitFor();
    await panel.frame.getByText(`Your draft for ${ana.name} is kept on its record.`).waitFor();
    expect(await textBox(panel, bruno.name).inputValue()).toBe("");
    expect(await lineOf(panel, "Ana asks").count()).toBe(0);

    await sendText(panel, bruno.name, "For Bruno alone");
    await until("Bruno has it", async () => (await sentTo(desk.world, bruno)).includes("For Bruno alone"));
    await page.goBack();
    await titled(ana.name).waitFor();
    await until("the text is back", async () => (await textBox(panel, ana.name).inputValue()) === "For Ana alone");
    expect(await sentTo(desk.world, ana)).toEqual([]);
    expect(await sentTo(desk.world, bruno)).toEqual(["For Bruno alone"]);
  });

  it("in the very moment of sending: nobody gets what was written for another", async () => {
    for (let round = 0; round < 8; round += 1) {
      const [here, there] = round % 2 === 0 ? [ana, bruno] : [bruno, ana];
      await goTo(here);
      await titled(here.name).waitFor();
      await textBox(panel, here.name).fill(`${here.name} ${round}`);
      await textBox(panel, here.name).focus();
      const going = goTo(there);
      await page.keyboard.press("Enter");
      await going;
      await titled(there.name).waitFor();
    }
    await goTo(ana);
    await titled(ana.name).waitFor();
    await sendText(panel, ana.name, "Ana Souza last");
    await until("the last one is sent", async () => (await sentTo(desk.world, ana)).includes("Ana Souza last"));
    expect((await sentTo(desk.world, ana)).filter((text) => !text.startsWith(ana.name))).toEqual([]);
    expect((await sentTo(desk.world, bruno)).slice(1).filter((text) => !text.startsWith(bruno.name))).toEqual([]);
  });

  it("a template that is being filled in does not go along", async () => {
    const carla = await desk.newPerson({ firstname: "Carla", lastname: "Dias", quote_number: "" });
    const dora = await desk.newPerson({ firstname: "Dora", lastname: "Reis" });
    await goTo(carla);
    await titled(carla.name).waitFor();
    await panel.frame.getByRole("button", { name: /^quote_ready/ }).click();
    await panel.frame.getByLabel("Quote number").fill("Q-1");
    await goTo(dora);
    await titled(dora.name).waitFor();
    await panel.frame.getByRole("searchbox", { name: "Search templates" }).waitFor();
    expect(await panel.frame.getByText("Q-1", { exact: true }).count()).toBe(0);
    expect([await sentTo(desk.world, carla), await sentTo(desk.world, dora)]).toEqual([[], []]);
  });
});

describe("a page without a conversation", () => {
  it("a record without a number says so, and looks again when it was added", async () => {
    const nobody = await desk.newPerson({ firstname: "Elsa", lastname: "Nunes", phone: "" });
    await goTo(nobody);
    await panel.frame.getByText("Elsa Nunes has no phone number").waitFor();
    await desk.changeContact(nobody, { phone: "+55 11 98765-4321" });
    await panel.frame.getByRole("button", { name: "Check again" }).click();
    await panel.frame.getByText("+55 11 98765 4321").waitFor();
  });

  it("a number that cannot be right is shown as it stands", async () => {
    const wrong = await desk.newPerson({ firstname: "Fabio", lastname: "Melo", phone: "+91 12345" });
    await goTo(wrong);
    await panel.frame.getByText("This number can’t be used on WhatsApp").waitFor();
    await panel.frame.getByText("+91 12345").waitFor();
  });

  it("a list has no record, and leaving it brings the conversation back", async () => {
    await page.getByRole("link", { name: "Contacts" }).first().click();
    await panel.frame.getByText("No record open").waitFor();
    await page.getByRole("link", { name: ana.name }).first().click();
    await panel.frame.getByRole("heading", { level: 1 }).filter({ hasText: "Ana Souza" }).waitFor();
  });

  it("a list loaded by its address offers no tab, until a record opens", async () => {
    await page.goto(
      `https://app.hubspot.com/contacts/${desk.world.hubspot.identity.portal_id}/objects/0-1/views/all/list`,
    );
    await page.getByRole("link", { name: bruno.name }).first().waitFor();
    await page.mouse.click(1428, 360);
    const loaded = findFrame(page);
    expect(loaded !== null && (await isShown({ frame: loaded }))).toBe(false);
    await page.getByRole("link", { name: bruno.name }).first().click();
    await page.locator('[data-test-id="highlight-record-label"]').first().waitFor();
    panel = await openPanel(page);
    await titled(bruno.name).waitFor();
  });
});
