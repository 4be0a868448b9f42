import { until } from "@aparte/launch/until.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence } from "../support/browser.ts";
import { barriers, openWindow, plainBrowser, signIn } from "../support/console.ts";
import { focused, pressUntil, waitForFocus } from "../support/panel.ts";
import { callSalesforce, createSObject, recordsOf, salesforceRef } from "../support/salesforce.ts";
import { people, post, startWorld, type World } from "../support/world.ts";

let world: World;
let browser: Browser;
let page: Page;
let blocked: string[];
/** The records of one person: themselves, their account and its opportunity. */
const ids = { account: "", contact: "", opportunity: "" };
const number = "4915123450099";

beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld(), plainBrowser()]);
  ({ page, blocked } = await openWindow(browser));
  ids.account = await createSObject(world, "Account", { Name: "Lampenhaus" });
  ids.contact = await createSObject(world, "Contact", {
    FirstName: "Nora",
    LastName: "Brandt",
    AccountId: ids.account,
    MobilePhone: `+${number}`,
  });
  ids.opportunity = await createSObject(world, "Opportunity", {
    Name: "Lampenhaus spring order",
    AccountId: ids.account,
    StageName: "Prospecting",
    CloseDate: "2027-03-01",
  });
  await createSObject(world, "OpportunityContactRole", {
    OpportunityId: ids.opportunity,
    ContactId: ids.contact,
    IsPrimary: true,
  });
  await signIn(page, world.origin, people.admin);
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});
keepEvidence(() => page?.context());

const view = (name: string) =>
  page.getByRole("navigation", { name: "Pages of this connection" }).getByRole("link", { name });
const region = (name: string) => page.getByRole("region", { name });
const addressOf = (object: string, id: string) =>
  `https://${world.salesforce.identity.my_domain}.lightning.force.com/lightning/r/${object}/${id}/view`;
const says = (text: string) =>
  world.inbound({ from: number, profile_name: "Nora", type: "text", text: { body: text } });

/** What an administrator does with Salesforce, in this order. */
describe("the pages of a CRM", () => {
  it("connect Salesforce through its own page, after a wrong address and a no", async () => {
    const salesforce = region("Salesforce");
    await salesforce.getByText("Read and write records as the person who connects may").waitFor();
    await salesforce.getByRole("radio", { name: "With our own My Domain" }).check();
    await salesforce.getByRole("button", { name: "Connect Salesforce" }).click();
    await salesforce.getByText("Write its name").waitFor();
    expect(await focused(page)).toBe("My Domain of your org");
    expect(await barriers(page)).toEqual([]);
    await salesforce.getByLabel("My Domain of your org").fill("https://salesforce.example.org");
    await page.keyboard.press("Enter");
    await salesforce.getByRole("alert").getByText("This is no address of Salesforce.").waitFor();
    await salesforce.getByRole("radio", { name: "Production" }).check();
    await salesforce.getByRole("button", { name: "Connect Salesforce" }).click();
    await page.getByRole("button", { name: "Deny" }).click();
    await page.getByText("The CRM did not complete the connection.").waitFor();
    await region("Salesforce").getByRole("button", { name: "Connect Salesforce" }).click();
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByText("Salesforce is connected.").waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it("choose by keyboard what is written, each choice with its consequence", async () => {
    await page.getByRole("link", { name: "Choose what is written there" }).click();
    await page.getByRole("radio", { name: "Each conversation" }).waitFor();
    expect(await page.title()).toBe("Settings · Aparté");
    expect(await page.getByRole("radio", { name: "Each message" }).getAttribute("aria-describedby")).not.toBeNull();
    await page.getByText("Long conversations fill the timeline").waitFor();
    await page.getByRole("radio", { name: "Each conversation" }).focus();
    await page.keyboard.press("ArrowDown");
    await pressUntil(page, page, ["Tab", "Save"]);
    await page.keyboard.press("Enter");
    await page.getByText("Saved. It counts from the next entry on.").waitFor();
    expect(await settings()).toMatchObject({ logging: "message" });
    await page.getByRole("radio", { name: "Each conversation" }).check();
    expect(await page.getByText("Saved. It counts").count()).toBe(0);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved. It counts from the next entry on.").waitFor();
    await page.reload();
    expect(await page.getByRole("radio", { name: "Each conversation" }).isChecked()).toBe(true);
  });

  it("try the rules on a record, also before they are saved", async () => {
    const test = region("Test on a record");
    const address = test.getByLabel("Address of a record in Salesforce");
    await address.fill("https://example.org/lightning/r/Contact/003D000000QYVca/view");
    await page.keyboard.press("Enter");
    await test.getByText("This is no address of a record in Salesforce.").waitFor();
    await address.fill(addressOf("Opportunity", ids.opportunity));
    await page.keyboard.press("Enter");
    const nora = test.getByRole("listitem").filter({ hasText: "Nora Brandt" });
    await nora.getByText("It holds the person’s number.").waitFor();
    const order = test.getByRole("listitem").filter({ hasText: "Lampenhaus spring order" });
    await order.getByText("The conversation was opened from its page.").waitFor();
    await test.getByText("It is the person’s main company.").waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("radio", { name: "Not on accounts" }).check();
    await test.getByText("An entry would stand on 2 records:").waitFor();
    await page.getByRole("group", { name: "Opportunities" }).getByRole("radio", { name: "On none" }).check();
    await test.getByText("An entry would stand on one record:").waitFor();
    expect(await settings()).toMatchObject({ company: "primary", deals: "opened" });
  });

  it("switch the copy of consent on, after saying which fields that creates", async () => {
    await view("Consent and privacy").click();
    await page.getByText("WA_Consent_Status__c").waitFor();
    await page.getByText("nothing changes here. A consent needs proof").waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Create the fields and fill them" }).click();
    await page.getByRole("button", { name: "Stop filling them" }).waitFor();
    const described = await callSalesforce(world.salesforce, { method: "GET", path: "/sobjects/Contact/describe" });
    expect(JSON.stringify(described)).toContain("WA_Consent_Status__c");
    expect(await barriers(page)).toEqual([]);
  });

  it("show what the CRM refused, why, and write it again", async () => {
    const { contactId } = await open(ids.contact);
    await post(`${world.salesforce.url}/_sim/faults`, {
      match: { path: "/sobjects/(WA_Conversation__c|Task)" },
      action: { kind: "status", status: 403, body: [{ errorCode: "FORBIDDEN", message: "no" }] },
    });
    await says("Is the lamp there?");
    await view("Sync health").click();
    await page.getByText("1 entry was refused").waitFor({ timeout: 30_000 });
    await region("Missing entries").getByText("The CRM does not allow Aparté to do this.").waitFor();
    await region("Missing entries").getByText("Who can fix it: you.").waitFor();
    await region("Limits of the CRM").getByRole("meter", { name: "Today" }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await fetch(`${world.salesforce.url}/_sim/faults`, { method: "DELETE" });
    await page.getByRole("button", { name: "Repair: write it again" }).click();
    await page.getByText("1 entry is being written again.").waitFor();
    await waitForFocus(page, "H2");
    await page.getByText("Up to date").waitFor({ timeout: 30_000 });
    expect(await world.rep.crm.sync.query({ contactId })).toMatchObject({ state: "synced" });
  });

  it("compare the entries on request, and write again what somebody deleted", async () => {
    const [entry] = recordsOf(world, "WA_Conversation__c");
    await callSalesforce(world.salesforce, { method: "DELETE", path: `/sobjects/WA_Conversation__c/${entry?.id}` });
    await page.getByRole("button", { name: "Compare now" }).click();
    await page.getByText("1 entry was deleted there.").waitFor({ timeout: 30_000 });
    await region("Missing entries").getByText("1 entry was deleted in Salesforce by somebody.").waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Write it again" }).click();
    await page.getByText("Everything that was to be written stands in the CRM").waitFor();
  });

  it("ask before a person is forgotten who wants to be", async () => {
    const individual = await createSObject(world, "Individual", { LastName: "Brandt", ShouldForget: true });
    await callSalesforce(world.salesforce, {
      method: "PATCH",
      path: `/sobjects/Contact/${ids.contact}`,
      body: { IndividualId: individual },
    });
    await open(ids.contact);
    await view("Consent and privacy").click();
    await page.getByRole("button", { name: "Forget Nora Brandt" }).click();
    const dialog = page.getByRole("dialog", { name: "Forget Nora Brandt?" });
    await dialog.getByText("This cannot be taken back.").waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Forget for ever" }).click();
    await page.getByText("The person is forgotten.").waitFor();
    await waitForFocus(page, "H2");
    await until("no wish waits", async () => (await world.admin.crm.erasures.query()).length === 0);
  });

  it("disconnect after a question, and say how to go on", async () => {
    const health = page.url().replace("/consent", "");
    await page.getByRole("link", { name: "CRM", exact: true }).click();
    await region("Salesforce").getByRole("button", { name: "Disconnect" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Aparté gives its right back to Salesforce").waitFor();
    await dialog.getByRole("button", { name: "Disconnect" }).click();
    await region("Salesforce").getByText("An administrator disconnected this account.").waitFor();
    await waitForFocus(page, "H2");
    await page.goto(health);
    await page.getByRole("button", { name: "Reconnect" }).waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});

describe("other people", () => {
  it("managers read and try, reps see none of it", async () => {
    const [connection] = await world.admin.crm.connections.query();
    const { page: hers } = await openWindow(browser);
    await signIn(hers, world.origin, people.manager);
    await hers.goto(`${world.origin}/crm/${connection?.id}/settings`);
    await hers.getByText("An administrator can change this.").waitFor();
    expect(await hers.getByRole("radio", { name: "Each message" }).isDisabled()).toBe(true);
    expect(await hers.getByRole("button", { name: "Save" }).count()).toBe(0);
    expect(await barriers(hers)).toEqual([]);
    await hers.context().close();
    const { page: theirs } = await openWindow(browser);
    await signIn(theirs, world.origin, people.rep);
    expect(await theirs.getByRole("link", { name: "Sync health and settings" }).count()).toBe(0);
    for (const place of ["", "/settings", "/consent"]) {
      await theirs.goto(`${world.origin}/crm/${connection?.id}${place}`);
      await theirs.getByRole("alert").getByText("Your role does not allow this.").waitFor();
      expect(await theirs.getByRole("heading", { level: 2 }).count()).toBe(0);
    }
    await theirs.context().close();
  });

  it("never tried what the content policy forbids", () => {
    expect(blocked).toEqual([]);
  });
});

async function settings() {
  const [only] = await world.admin.crm.settings.query();
  return only?.settings;
}

async function open(contact: string): Promise<{ readonly contactId: string }> {
  const opened = await world.rep.crm.openRecord.mutate({ ref: salesforceRef(world, "contact", contact) });
  if (opened.state !== "ready") throw new Error(`The record is ${opened.state}.`);
  return opened.conversation.person;
}
