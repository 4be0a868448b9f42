import { createHubSpotRecord } from "@aparte/launch/job/hubspot-record.ts";
import { findFrame, openPanel, openRecordPage } from "@aparte/launch/job/panel.ts";
import type { JobRecord } from "@aparte/launch/job/person.ts";
import { createSalesforceRecord } from "@aparte/launch/job/salesforce-record.ts";
import { until } from "@aparte/launch/until.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";

let desk: Desk;
let page: Page;
let ticket: JobRecord;
let contact: JobRecord;
let account: JobRecord;
beforeAll(async () => {
  desk = await openDesk({ crms: ["hubspot", "salesforce"] });
  ({ page } = desk);
  ticket = await createHubSpotRecord(desk.world.hubspot, "tickets");
  contact = await createSalesforceRecord(desk.world.salesforce, "Contact");
  account = await createSalesforceRecord(desk.world.salesforce, "Account");
});
afterAll(async () => {
  await desk?.close();
});
keepEvidence(() => desk?.context);

/** Waits until the panel that is open talks to this person: people here share a name, never a number. */
async function follows({ waId }: JobRecord): Promise<void> {
  await until("the panel shows the number", async () => {
    const text = await findFrame(page)?.locator("main, [role=main]").first().textContent();
    return text?.replaceAll(/\D/g, "").includes(waId);
  });
}

/** Opens the panel on a page that was just loaded, and expects the conversation with this person. */
async function talksTo(record: JobRecord): Promise<void> {
  await openPanel(page);
  await follows(record);
}

/** Panels in this tab, frames within frames included. */
function panels(): number {
  return page.frames().filter((frame) => /^chrome-extension:.*\/panel\.html/.test(frame.url())).length;
}

describe("HubSpot leads to a record", () => {
  const portal = () => desk.world.hubspot.identity.portal_id;

  it.each([
    ["an older address", "app", (id: string) => `/contacts/${portal()}/ticket/${id}/`],
    ["a tab of the record", "app", (id: string) => `/contacts/${portal()}/record/0-5/${id}/view/2?interaction=note`],
    ["the help desk", "app", (id: string) => `/help-desk/${portal()}/view/all/ticket/${id}`],
    ["another region's host", "app-eu1", (id: string) => `/contacts/${portal()}/record/0-5/${id}`],
    ["sidebars that come late", "app", (id: string) => `/contacts/${portal()}/record/0-5/${id}?sidebar_ms=3000`],
  ])("by %s", async (_, host, path) => {
    await openRecordPage(page, `https://${host}.hubspot.com${path(ticket.recordId)}`);
    await talksTo(ticket);
    expect(panels()).toBe(1);
  });

  it("from the list of the help desk, within the page", async () => {
    await page.goto(`https://app.hubspot.com/help-desk/${portal()}`);
    await page.locator(`td[data-table-external-id="name-${ticket.recordId}"] a`).click();
    await talksTo(ticket);
  });

  it("with frames that hold other records, and one panel", async () => {
    await openRecordPage(page, `https://app.hubspot.com/contacts/${portal()}/record/0-1/101001?sidebar_ms=0`);
    await page.frameLocator("iframe.glance:visible").getByText("Padaria Horizonte").waitFor();
    await openPanel(page);
    expect(panels()).toBe(1);
  });
});

describe("Salesforce leads to a record", () => {
  const at = (path: string) => `${desk.world.salesforce.identity.lightning_url}${path}`;

  it.each([
    ["an id of 18 characters", (id: string) => `/lightning/r/Contact/${id}/view`],
    ["an id of 15 characters", (id: string) => `/lightning/r/Contact/${id.slice(0, 15)}/view`],
    ["an address without the object", (id: string) => `/lightning/r/${id}/view`],
    ["the dialog in which it is edited", (id: string) => `/lightning/r/Contact/${id}/edit`],
    ["a bookmark of before 2019", (id: string) => `/one/one.app#/sObject/${id}/view`],
  ])("by %s", async (_, path) => {
    await openRecordPage(page, at(path(contact.recordId)));
    await page.keyboard.press("Escape");
    await talksTo(contact);
    expect(panels()).toBe(1);
  });

  it("by one of its related lists", async () => {
    await page.goto(at(`/lightning/r/Account/${account.recordId}/related/Contacts/view`));
    await talksTo(account);
  });

  it("from a list, whose links have ids of 15 characters, within the page", async () => {
    await page.goto(at("/lightning/o/Contact/list?filterName=__Recent"));
    const link = page.locator(`a[data-recordid="${contact.recordId}"]`);
    expect(await link.getAttribute("href")).toBe(`/lightning/r/Contact/${contact.recordId.slice(0, 15)}/view`);
    await link.click();
    await talksTo(contact);
  });

  it("not when it is another org's", async () => {
    const { my_domain: org } = desk.world.salesforce.identity;
    const sandbox = `https://${org}--uat.sandbox.lightning.force.com/lightning/r/Contact/${contact.recordId}/view`;
    await openRecordPage(page, sandbox);
    await page.getByText("Sandbox: uat").waitFor();
    const { frame } = await openPanel(page);
    await until("the panel says that it is another account", async () =>
      /another|other/i.test((await frame.locator("main, [role=main]").first().textContent()) ?? ""),
    );
  });
});

describe("a console with several records open", () => {
  const mounted = () => page.locator("one-record-home-flexipage2").count();
  const seen = () => page.locator("one-record-home-flexipage2:visible").count();

  it("shows the conversation of the tab in front: workspace, subtab, and back", async () => {
    const { lightning_url: lightning } = desk.world.salesforce.identity;
    await page.goto(`${lightning}/lightning/app/standard__LightningService`);
    await openRecordPage(page, contact.url);
    await talksTo(contact);
    await page.getByRole("link", { name: "Accounts" }).click();
    await page.locator(`a[data-recordid="${account.recordId}"]`).click();
    await follows(account);
    expect([await mounted(), await seen()]).toEqual([2, 1]);

    // The panel stands over it, so it is opened by the keyboard.
    await page.locator(".related-record a").first().press("Enter");
    await until("the address names the workspace", async () =>
      page.url().includes("?ws=%2Flightning%2Fr%2FAccount%2F"),
    );
    expect(page.url()).toMatch(/\/lightning\/r\/003\w{15}\/view\?ws=/);
    await follows(account);
    expect([await mounted(), await seen()]).toEqual([3, 1]);

    await page.locator(".workspace-tab a").first().click();
    await follows(contact);
    await page.goBack();
    await follows(account);
    expect(panels()).toBe(1);
  });
});
