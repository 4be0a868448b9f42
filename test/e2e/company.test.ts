import { openPanel, openRecordPage, type Panel } from "@aparte/launch/job/panel.ts";
import { newNumber, waIdOf, type JobPerson } from "@aparte/launch/job/person.ts";
import { until } from "@aparte/launch/until.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "../support/axe.ts";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { lineOf, pressUntil, textBox, waitForFocus } from "../support/panel.ts";
import { createSObject, recordsOf } from "../support/salesforce.ts";

let desk: Desk;
let panel: Panel;
const numbers = { Ada: newNumber(), Bruno: newNumber(), home: newNumber() };

beforeAll(async () => {
  desk = await openDesk({ crms: ["salesforce", "hubspot"] });
  const { world, page } = desk;
  const account = await createSObject(world, "Account", { Name: "Example Bakery" });
  const person = async (FirstName: "Ada" | "Bruno", more: Readonly<Record<string, unknown>>): Promise<void> => {
    const fields = { FirstName, LastName: "Example", AccountId: account, MobilePhone: numbers[FirstName], ...more };
    await createSObject(world, "Contact", fields);
    const who: JobPerson = { recordId: "", url: "", name: `${FirstName} Example`, waId: waIdOf(numbers[FirstName]) };
    await desk.writes(who, `${FirstName} asks about the oven`);
  };
  await person("Ada", { HomePhone: numbers.home, DoNotCall: true });
  await person("Bruno", {});
  await openRecordPage(page, `${world.salesforce.identity.lightning_url}/lightning/r/Account/${account}/view`);
  panel = await openPanel(page);
  await panel.frame.getByText(/^Mobile.* of (Ada|Bruno) Example · Salesforce contact$/).waitFor();
});
afterAll(() => desk?.close());
keepEvidence(() => desk?.context);

const button = (name: string | RegExp) => panel.frame.getByRole("button", { name }).first();
const barriers = () => axeViolations(panel.frame);
const openWhy = async (): Promise<void> => {
  await button(/Why this person\?$/).click();
  await panel.frame.getByRole("dialog", { name: "Why this person?" }).waitFor();
};
const chooseAda = async (): Promise<void> => {
  await button(/, choose another$/).click();
  await panel.frame.getByRole("menuitemradio").filter({ hasText: "Ada Example" }).first().click();
  await lineOf(panel, "Ada asks about the oven").waitFor();
};

describe("whose number it is", () => {
  it("is said with the reason, the record and every number by its person", async () => {
    await chooseAda();
    await panel.frame.getByText(/Salesforce says not to call/).waitFor();
    await openWhy();
    const why = panel.frame.getByRole("dialog", { name: "Why this person?" });
    await why.getByText(/The number stands in the field “Mobile.*” of Ada Example\./).waitFor();
    expect(await why.getByRole("link", { name: "Ada Example" }).getAttribute("href")).toContain(
      "/lightning/r/Contact/",
    );
    for (const name of ["Ada Example", "Bruno Example"]) await why.getByRole("heading", { name }).waitFor();
    expect(await barriers()).toEqual([]);
    await desk.page.keyboard.press("Escape");
    await waitForFocus(panel.frame, /Why this person\?$/);
  });

  it("is put right in two presses, taken back in one, and never written to the CRM", async () => {
    const before = JSON.stringify(recordsOf(desk.world, "Contact").map(({ values }) => values));
    await openWhy();
    await button("Not this person").click();
    await panel.frame.getByText(/^Noted: .* is not theirs\.$/).waitFor();
    await waitForFocus(panel.frame, "Undo");
    expect(await lineOf(panel, "Ada asks about the oven").count()).toBe(0);
    expect(await barriers()).toEqual([]);
    await desk.page.keyboard.press("Enter");
    await panel.frame.getByText("Taken back.").waitFor();
    await button("Close").click();
    await chooseAda();
    await openWhy();
    await button(/^Use this number: /).click();
    await panel.frame.getByText(/^Noted: .* is theirs\.$/).waitFor();
    await openWhy();
    await panel.frame.getByText(/said that this number is .*’s\./).waitFor();
    await desk.page.keyboard.press("Escape");
    await button("Undo").click();
    await panel.frame.getByText("Taken back.").waitFor();
    expect(JSON.stringify(recordsOf(desk.world, "Contact").map(({ values }) => values))).toBe(before);
  });
});

describe("everyone of a company", () => {
  it("stands in one list that is searched, and leads to each conversation by the keyboard", async () => {
    await button(/^Everyone \(\d\)$/).click();
    const list = panel.frame.getByRole("region", { name: "Messages with everyone at Example Bakery" });
    for (const name of ["Ada", "Bruno"]) await list.getByText(`${name} asks about the oven`).waitFor();
    expect(await barriers()).toEqual([]);
    await list.getByRole("searchbox").fill("bruno");
    await until("Ada's line is gone", async () => (await list.getByText("Ada asks").count()) === 0);
    await list.getByRole("searchbox").focus();
    await pressUntil(desk.page, panel.frame, ["Tab", /Bruno asks about the oven/]);
    await desk.page.keyboard.press("Enter");
    await lineOf(panel, "Bruno asks about the oven").waitFor();
    await textBox(panel, "Bruno Example").waitFor();
  });
});
