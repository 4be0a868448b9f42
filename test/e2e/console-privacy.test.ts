import { until } from "@aparte/launch/until.ts";
import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence } from "../support/browser.ts";
import { barriers, openWindow, plainBrowser, signIn } from "../support/console.ts";
import { meet, optIn } from "../support/conversation.ts";
import { focused } from "../support/panel.ts";
import { people, startWorld, type World } from "../support/world.ts";
import { unzip } from "../support/zip.ts";

const number = "4915127680042";
let world: World;
let browser: Browser;
let page: Page;
let blocked: string[];
let sql: postgres.Sql;
let contactId: string;

beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld(), plainBrowser()]);
  sql = postgres(world.database.url, { max: 1 });
  contactId = await meet(world, sql, number);
  await optIn(world, contactId);
  await world.rep.crm.openNumber.mutate({ e164: `+${number}` });
  ({ page, blocked } = await openWindow(browser));
  await signIn(page, world.origin, people.admin);
});
afterAll(async () => {
  await browser?.close();
  await sql?.end();
  await world?.close();
});
keepEvidence(() => page?.context());

const region = (name: string) => page.getByRole("region", { name, exact: true });
const dialog = () => page.getByRole("dialog");

/** What an administrator does for a person who asks, in this order. */
describe("the privacy pages", () => {
  it("find a person, by keyboard", async () => {
    await page.getByRole("link", { name: "Privacy" }).click();
    await page.getByRole("heading", { name: "Privacy", level: 1 }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("searchbox").focus();
    await page.keyboard.type("+49 1512 7680042");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: /^Ana/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Privacy of Ana" }).waitFor();
    await region("Who read this person").getByRole("cell", { name: "Rita Rep" }).first().waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it("make a copy, which is fetched once", async () => {
    const access = region("Copy of their data");
    await access.getByRole("button", { name: "Make a copy" }).click();
    const downloading = page.waitForEvent("download");
    await access.getByRole("button", { name: "Download once" }).click();
    const download = await downloading;
    const files = unzip(await readFile(await download.path()));
    expect([...files.keys()]).toEqual(expect.arrayContaining(["index.html", "index.fr.html", "person.json"]));
    const copy = await page.context().newPage();
    await copy.setContent(String(files.get("index.html")));
    await copy.getByRole("heading", { name: "What Acme keeps about you" }).waitFor();
    expect(await barriers(copy)).toEqual([]);
    await copy.close();
    await access.getByText("The copy was downloaded.").waitFor({ timeout: 15_000 });
  });

  it("restrict and lift, each with a reason", async () => {
    const keep = region("Restriction and hold");
    await keep.getByRole("button", { name: "Restrict" }).click();
    await dialog().getByRole("button", { name: "Restrict" }).click();
    await dialog().getByText("Say in a few words why.").waitFor();
    expect(await focused(page)).toContain("Reason, for the register");
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.type("disputes an invoice");
    await dialog().getByRole("button", { name: "Restrict" }).click();
    await dialog().waitFor({ state: "hidden" });
    await keep.getByText("disputes an invoice").waitFor();
    expect(await focused(page)).toBe("H2");
    await keep.getByRole("button", { name: "Lift the restriction" }).click();
    await dialog().getByRole("textbox").fill("it is settled");
    await dialog().getByRole("button", { name: "Lift the restriction" }).click();
    await region("What was done for their rights").getByText("Restriction lifted").waitFor();
  });

  it("correct a name", async () => {
    await region("Correction").getByRole("button", { name: "Correct the name" }).click();
    await dialog().getByLabel("Right name").fill("Anna Richtig");
    await dialog()
      .getByLabel(/^Reason/)
      .fill("it was misspelt");
    await dialog().getByRole("button", { name: "Correct the name" }).click();
    await page.getByRole("heading", { name: "Privacy of Anna Richtig" }).waitFor();
  });

  it("erase, once it is proven who is meant", async () => {
    await region("Erasure").getByRole("button", { name: "Erase this person" }).click();
    await dialog().getByLabel("Last four digits of the number").fill("0000");
    await dialog()
      .getByLabel(/^Reason/)
      .fill("asked by letter");
    await dialog().getByRole("button", { name: "Erase for good" }).click();
    await dialog().getByText("What you typed is not this person.").waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog().getByLabel("Last four digits of the number").fill(number.slice(-4));
    await dialog().getByRole("button", { name: "Erase for good" }).click();
    await page.getByText(/^(The person is being|This person was) forgotten\./).waitFor();
    await until(
      "they are forgotten",
      async () => (await sql`select from contacts where id = ${contactId} and wa_id is null`).length > 0,
    );
    await page.reload();
    await page.getByText("This person was forgotten.").waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it("say what a colleague read", async () => {
    await page.getByRole("link", { name: "Privacy", exact: true }).first().click();
    await page.getByLabel("Colleague", { exact: true }).selectOption({ label: "Rita Rep" });
    await region("What a colleague read").getByRole("cell", { name: "Conversation" }).waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it("set how long data is kept, and say before what would go", async () => {
    await page.getByRole("link", { name: "How long data is kept" }).click();
    const files = region("Files");
    await files.getByLabel("Days").fill("3");
    await files.getByRole("button", { name: "Save" }).click();
    await files.getByText("Choose a number between 7 and 1095.").waitFor();
    expect(await barriers(page)).toEqual([]);
    await files.getByLabel("Days").fill("30");
    await files.getByRole("button", { name: /^What would go/ }).click();
    await files.getByText("Nothing would go.").waitFor();
    await files.getByRole("button", { name: "Save" }).click();
    await files.getByText("Saved.").waitFor();
    expect(await sql`select days from privacy_retention where kind = 'media'`).toEqual([{ days: 30 }]);
    expect(await barriers(page)).toEqual([]);
  });

  it("write the register from what is set up, in both languages", async () => {
    await page.getByRole("link", { name: "Register" }).click();
    const register = region("Register of processing");
    await register.getByText("30 days").first().waitFor();
    expect(await barriers(page)).toEqual([]);
    const downloading = page.waitForEvent("download");
    await register.getByRole("button", { name: "Save as a page to print" }).click();
    expect(await readFile(await (await downloading).path(), "utf8")).toContain("Register of processing: Acme");
    await page.getByRole("combobox", { name: "Language" }).first().selectOption("fr");
    await page.getByRole("region", { name: "Registre des traitements" }).getByText("30 jours").first().waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(blocked).toEqual([]);
  });

  it("are for administrators alone", async () => {
    const { page: other } = await openWindow(browser);
    await signIn(other, world.origin, people.manager);
    await other.goto(`${world.origin}/privacy`);
    await other.getByText("Your role does not allow this.").waitFor();
    await other.context().close();
  });
});
