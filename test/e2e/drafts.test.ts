import { openPanel, openRecordPage, type Panel } from "@aparte/launch/job/panel.ts";
import { newNumber, waIdOf, type JobPerson } from "@aparte/launch/job/person.ts";
import { createSalesforceRecord } from "@aparte/launch/job/salesforce-record.ts";
import { until } from "@aparte/launch/until.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { lineOf, sendText, textBox } from "../support/panel.ts";
import { backgroundOf } from "../support/popup.ts";
import { createSObject } from "../support/salesforce.ts";
import { sentTo } from "../support/sent-messages.ts";
import { updateExtension } from "../support/update-extension.ts";

let desk: Desk;
let ana: JobPerson;
let lead: JobPerson;

beforeAll(async () => {
  desk = await openDesk({ crms: ["hubspot", "salesforce"] });
  ana = await desk.newPerson();
  lead = await createSalesforceRecord(desk.world.salesforce, "Lead");
  await Promise.all([desk.writes(ana, "Ana asks"), desk.writes(lead, "The lead asks")]);
});
afterAll(() => desk?.close());
keepEvidence(() => desk?.context);

const draftOf = async (panel: Panel, name: string, text: string) =>
  until(`the draft is ${text || "empty"}`, async () => (await textBox(panel, name).inputValue()) === text);
const write = async (panel: Panel, name: string, text: string): Promise<void> => {
  await textBox(panel, name).fill(text);
  await panel.frame.getByText("Draft saved").waitFor();
};

/** Also after another page of the same tab, where the panel is still open. */
async function show(person: JobPerson, line: string): Promise<Panel> {
  const panel = await desk.open(person);
  await lineOf(panel, line).waitFor();
  return panel;
}

describe("a text that was not sent", () => {
  it("stays with its record, in both CRMs, over pages, a reload, a restart and an update", async () => {
    const half = "Half of a thought for Ana";
    await write(await show(ana, "Ana asks"), ana.name, half);
    await write(await show(lead, "The lead asks"), lead.name, "For the lead alone");
    await draftOf(await show(ana, "Ana asks"), ana.name, half);
    await desk.page.reload();
    await draftOf(await openPanel(desk.page), ana.name, half);
    await desk.restart();
    await draftOf(await show(ana, "Ana asks"), ana.name, half);
    await updateExtension(desk.context);
    await backgroundOf(desk.context);
    await draftOf(await show(ana, "Ana asks"), ana.name, half);
    await draftOf(await show(lead, "The lead asks"), lead.name, "For the lead alone");
    expect(await sentTo(desk.world, ana)).toEqual([]);
    expect(await sentTo(desk.world, lead)).toEqual([]);
  });

  it("is for one person of a record: another one of it does not get it", async () => {
    const { salesforce } = desk.world;
    const account = await createSObject(desk.world, "Account", { Name: "Dias & Reis" });
    const make = async (FirstName: string): Promise<string> => {
      const phone = newNumber();
      await createSObject(desk.world, "Contact", {
        FirstName,
        LastName: "Dias",
        MobilePhone: phone,
        AccountId: account,
      });
      return waIdOf(phone);
    };
    const waIds = { Carla: await make("Carla"), Dora: await make("Dora") };
    const url = `${salesforce.identity.lightning_url}/lightning/r/Account/${account}/view`;
    for (const [name, waId] of Object.entries(waIds)) {
      await desk.writes({ ...ana, name: `${name} Dias`, waId }, `${name} asks`);
    }
    await openRecordPage(desk.page, url);
    const panel = await openPanel(desk.page);
    const choose = async (name: string): Promise<void> => {
      await panel.frame.getByRole("button", { name: /, choose another$/ }).click();
      await panel.frame.getByRole("menuitemradio", { name: new RegExp(`${name} Dias`) }).click();
      await lineOf(panel, `${name} asks`).waitFor();
    };
    await choose("Carla");
    await write(panel, "Carla Dias", "For Carla alone");
    await choose("Dora");
    expect(await textBox(panel, "Dora Dias").inputValue()).toBe("");
    await sendText(panel, "Dora Dias", "For Dora alone");
    await choose("Carla");
    await draftOf(panel, "Carla Dias", "For Carla alone");
    const dora = { ...ana, waId: waIds.Dora };
    await until("Dora has hers", async () => (await sentTo(desk.world, dora)).includes("For Dora alone"));
    expect(await sentTo(desk.world, { ...ana, waId: waIds.Carla })).toEqual([]);
  });

  it("is gone with the sign-out", async () => {
    const settings = await desk.context.newPage();
    await settings.goto(new URL("options.html", (await backgroundOf(desk.context)).url()).href);
    await settings.getByRole("button", { name: "Sign out" }).click();
    await settings.getByText("You are signed out.").waitFor();
    const kept = await settings.evaluate("chrome.storage.local.get(null).then((all) => JSON.stringify(all))");
    expect(String(kept)).not.toMatch(/Half of a thought|alone/);
    await settings.close();
    await desk.page.bringToFront();
    const panel = await desk.open(ana);
    const [approval] = await Promise.all([
      desk.context.waitForEvent("page"),
      panel.frame.getByRole("button", { name: "Sign in" }).click(),
    ]);
    await approval.getByRole("button", { name: "Connect this browser" }).click();
    await draftOf(panel, ana.name, "");
  });
});
