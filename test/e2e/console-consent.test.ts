import { until } from "@aparte/launch/until.ts";
import type { Browser, Page } from "playwright-core";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence } from "../support/browser.ts";
import { barriers, openWindow, plainBrowser, signIn } from "../support/console.ts";
import { focused, pressUntil } from "../support/panel.ts";
import { people, startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let browser: Browser;
let page: Page;
let blocked: string[];
const number = "33612345601";

beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld(), plainBrowser()]);
  sql = postgres(world.database.url, { max: 1 });
  ({ page, blocked } = await openWindow(browser));
  await world.inbound({ from: number, profile_name: "Zoé Martin", type: "text", text: { body: "Arrêt svp" } });
  await until("she is known", async () => (await world.admin.privacy.find.query({ words: "Zoé" })).length === 1);
  await signIn(page, world.origin, people.admin);
});
afterAll(async () => {
  await sql?.end();
  await browser?.close();
  await world?.close();
});
keepEvidence(() => page?.context());

const mainNavigation = () => page.getByRole("navigation", { name: "Main" });
const region = (name: string) => page.getByRole("region", { name });

describe("the evidence of consent", () => {
  it("is found by name, by keyboard alone", async () => {
    await mainNavigation().getByRole("link", { name: "Consent" }).click();
    await page.getByLabel("Name, or number with its country code").focus();
    await page.keyboard.type("zo");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Zoé Martin" }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await pressUntil(page, page, ["Tab", /^Zoé Martin/]);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Consent of Zoé Martin" }).waitFor();
  });

  it("says what she allows, in whose words, and what was known before", async () => {
    const state = region("What they allow now");
    await state.getByText("Does not want them").first().waitFor();
    expect(await state.getByText("Does not want them").count()).toBe(3);
    await state.getByText("Arrêt svp").first().waitFor();
    await state.getByLabel("At this moment").fill("2026-01-01T10:00:00");
    const then = region("What was known then");
    await then.getByText("Nothing recorded").first().waitFor();
    expect(await then.getByText("Does not want them").count()).toBe(0);
    await then.getByRole("button", { name: "Back to now" }).click();
    await region("Everything that was written down").getByText("Proof").first().click();
    expect(await barriers(page)).toEqual([]);
  });

  it("is written down with words and a file that proves it, and counts at once", async () => {
    const record = region("Write down what they said");
    await record.getByRole("radio", { name: "Yes" }).check();
    await record.getByRole("button", { name: "Write down" }).click();
    await record.getByText("Write what was said.").waitFor();
    expect(await focused(page)).toBe("Exact words");
    await record.getByLabel("Exact words").fill("She called and asked for our offers again.");
    const pdf = { name: "note.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF") };
    await record.getByLabel("File that proves it").setInputFiles(pdf);
    await record.getByText("Kept as proof: note.pdf").waitFor();
    await record.getByRole("button", { name: "Write down" }).click();
    await record.getByText("Written down.").waitFor();
    await region("What they allow now").getByText("Agreed", { exact: true }).waitFor();
    await region("Everything that was written down")
      .getByRole("link", { name: "Open the file that proves it" })
      .waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it("is verified, and a change behind our back is shown", async () => {
    await mainNavigation().getByRole("link", { name: "Consent" }).click();
    const ledger = region("Is the ledger as it was written?");
    await ledger.getByRole("button", { name: "Verify now" }).click();
    await ledger.getByText("Intact").waitFor();
    await ledger.getByText("4 entries read, nothing is wrong.").waitFor();
    await sql`update consent_entries set action = 'given' where purpose = 'utility'`;
    await ledger.getByRole("button", { name: "Verify now" }).click();
    await ledger.getByText("Not intact").waitFor();
    await ledger.getByText("it was changed").waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(blocked).toEqual([]);
  });
});
