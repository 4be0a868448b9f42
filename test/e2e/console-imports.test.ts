import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence } from "../support/browser.ts";
import { consentHeader, consentRow, newNumber } from "../support/consent-files.ts";
import { barriers, openWindow, plainBrowser, signIn } from "../support/console.ts";
import { pressUntil } from "../support/panel.ts";
import { people, startWorld, type World } from "../support/world.ts";

let world: World;
let browser: Browser;
let page: Page;
let blocked: string[];

beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld(), plainBrowser()]);
  ({ page, blocked } = await openWindow(browser));
  await signIn(page, world.origin, people.admin);
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});
keepEvidence(() => page?.context());

const region = (name: string) => page.getByRole("region", { name, exact: true });
const view = (name: string) =>
  page.getByRole("navigation", { name: "Pages about consent" }).getByRole("link", { name });

/** As a person who drags it from a folder onto the page. */
async function drop(text: string, name: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([content, fileName]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content ?? ""], fileName ?? "", { type: "text/csv" }));
      return transfer;
    },
    [text, name],
  );
  await page.getByText("Drop a CSV file here, or").dispatchEvent("drop", { dataTransfer: data });
}

/** What an administrator does with lists, in this order. */
describe("the pages of lists", () => {
  const numbers = [newNumber(), newNumber(), newNumber()] as const;

  it("opt many people out: pasted numbers are checked, then stopped, then found", async () => {
    await page.goto(`${world.origin}/consent/opt-outs`);
    await page.getByText("Nobody fits.").waitFor();
    await region("Opt many people out").getByLabel("Phone numbers").fill(`+${numbers[0]}\n${numbers[1]}, no number`);
    await page.getByRole("button", { name: "Check 3 numbers" }).click();
    await region("What the file would do").getByText("The phone number is not a possible one").first().waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Opt 2 people out" }).click();
    await region("What it gave").waitFor();
    expect(await page.getByRole("button", { name: "Undo this import" }).count()).toBe(0);
    await view("Opt-outs").click();
    await page.getByRole("rowheader", { name: `+${numbers[1]}` }).waitFor();
    expect(await page.getByRole("row").count()).toBe(1 + 2);
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel("Name, or number").fill(`+${numbers[0]}`);
    await page.getByRole("rowheader", { name: `+${numbers[1]}` }).waitFor({ state: "detached" });
    expect(await page.getByRole("rowheader", { name: `+${numbers[0]}` }).count()).toBe(1);
    await page.getByLabel("How", { exact: true }).selectOption({ label: "Wrote a stop word" });
    await page.getByText("Nobody fits.").waitFor();
  });

  it("fetch opt-outs as a file in which nothing runs", async () => {
    const download = page.waitForEvent("download");
    await region("All opt-outs as a file").getByRole("button", { name: "For spreadsheets" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^opt-outs-\d{4}-\d\d-\d\d\.csv$/);
    expect(await readFile(await file.path(), "utf8")).toContain(`'+${numbers[0]},`);
  });

  it("import consents: columns are corrected, rows are seen, and somebody answers for them", async () => {
    await view("Import consents").click();
    await region("A file with consents").getByText("the words that they were shown").waitFor();
    expect(await barriers(page)).toEqual([]);
    const rows = [
      consentRow(numbers[2]),
      consentRow(numbers[0]),
      consentRow(newNumber(), { wording: "" }),
      consentRow(newNumber(), { date: "31/02/2026" }),
    ];
    await drop([consentHeader.replace("source", "where"), ...rows].join("\n"), "spring.csv");
    await page.getByRole("heading", { name: "spring.csv" }).waitFor();
    await page.getByText("Nothing in the file says: Form or file that proves it.").waitFor();
    await page.getByText("As it is, this file gives nothing.").waitFor({ state: "detached" });
    await page.getByLabel("Form or file that proves it").selectOption({ label: "where" });
    await page.getByRole("button", { name: "Check the file again" }).click();
    await page.getByRole("button", { name: "Give 1 consent" }).waitFor();
    const sample = region("Some rows of the file");
    await sample.getByText("The person has opted out; a file cannot change that.").waitFor();
    await sample.getByText("The words that the person was shown are missing.").waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Give 1 consent" }).click();
    await page.getByText("Confirm the declaration first").waitFor();
    await page.getByRole("checkbox", { name: /^I declare that/ }).focus();
    await page.keyboard.press("Space");
    await pressUntil(page, page, ["Tab", "Give 1 consent"]);
    await page.keyboard.press("Enter");
    await region("What it gave").getByText("Rows that gave nothing can be fetched").waitFor();
    await region("spring.csv").getByText("I declare that this person agreed").waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it("fetch the rows that gave nothing, and undo the rest", async () => {
    const download = page.waitForEvent("download");
    await region("What it gave").getByRole("button", { name: "For programs" }).click();
    const text = await readFile(await (await download).path(), "utf8");
    expect(text).toContain("The words that the person was shown are missing.");
    expect(text.trim().split("\r\n")).toHaveLength(1 + 3);
    await page.getByText(/left\.$/).waitFor();
    await region("Undo").getByRole("button", { name: "Undo this import" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("1 consent from this file will count no more").waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Undo this import" }).click();
    await page.getByText("This import was undone").waitFor();
    await view("Import consents").click();
    await region("Files given before").getByText("Undone").waitFor();
  });

  it("are kept from reps", async () => {
    expect(blocked).toEqual([]);
    const { page: other } = await openWindow(browser);
    await signIn(other, world.origin, people.rep);
    for (const path of ["opt-outs", "imports"]) {
      await other.goto(`${world.origin}/consent/${path}`);
      await other.getByRole("alert").waitFor();
    }
    await other.context().close();
  });
});
