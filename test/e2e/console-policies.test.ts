import { defaultPolicy } from "@aparte/core/consent-policy.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence } from "../support/browser.ts";
import { barriers, openWindow, plainBrowser, signIn } from "../support/console.ts";
import { focused, pressUntil } from "../support/panel.ts";
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

const region = (name: string) => page.getByRole("region", { name });
const saved = () => page.getByText("Saved. It holds from the next message on");
const policy = async () => (await world.admin.consent.policy.query()).policy;
const save = async () => {
  await page.getByRole("button", { name: "Save" }).click();
  await saved().waitFor();
};

describe("the page of policies", () => {
  it("says what holds before anybody decided, and is found beside the evidence", async () => {
    await page.getByRole("link", { name: "Consent", exact: true }).click();
    await page.getByRole("link", { name: "Policies" }).click();
    await page.getByText("Nothing was changed yet: these are the defaults.").waitFor();
    expect(await page.title()).toBe("Policies · Aparté");
    await region("How many advertisements")
      .getByText("A person gets at most 2 advertisements in 7 days; further ones wait.")
      .waitFor();
    await region("Consent").getByText("A consent ends after 24 months; then the person has to agree again.").waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it("tells the consequence while one writes, and keeps it by keyboard alone", async () => {
    const week = region("How many advertisements").getByLabel("In 7 days");
    await week.focus();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("1");
    await page.getByText("A person gets at most 1 advertisement in 7 days; further ones wait.").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("Delete");
    await page.getByText("Any number of advertisements in 30 days.").waitFor();
    await pressUntil(page, page, ["Tab", "Save"]);
    await page.keyboard.press("Enter");
    await saved().waitFor();
    expect((await policy()).caps).toEqual({ ...defaultPolicy.caps, week: 1, month: null });
    await page.getByText(/^Last changed .* by /).waitFor();
  });

  it("refuses what cannot be, in words beside the field, and goes there", async () => {
    await region("How many advertisements").getByLabel("In 24 hours").fill("often");
    await region("Quiet hours").getByRole("radio", { name: "In our own hours" }).check();
    const tuesday = page.getByRole("group", { name: "In our own hours" }).getByLabel("Tuesday");
    expect(await tuesday.inputValue()).toBe("09:00–20:00");
    await tuesday.fill("18-9");
    await region("Countries").getByLabel("Nothing at all").fill("Germany");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Write hours like 09:00–12:00, 14:00–20:00, in their order.").waitFor();
    await page.getByText("A whole number from 1 to 1,000, or nothing.").waitFor();
    await page.getByText("Two letters for each country, such as FR, DE.").waitFor();
    expect(await focused(page)).toBe("In 24 hours");
    expect(await page.getByText("Any number of advertisements in 24 hours.").count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    expect((await policy()).quietHours.marketing).toBe("by_country");
  });

  it("saves hours, words, a budget and countries as people write them", async () => {
    await region("How many advertisements").getByLabel("In 24 hours").fill("1");
    const own = page.getByRole("group", { name: "In our own hours" });
    await own.getByLabel("Tuesday").fill("9-12, 14h-18h30");
    await own.getByLabel("Saturday").fill("");
    await region("Words that mean stop").getByLabel("Your own stop words").fill("lass gut sein\nno más ya");
    await region("Budget").getByLabel("Most that templates may cost in a month").fill("250");
    await region("Budget").getByLabel("Currency").fill("eur");
    await page.getByText("Once templates have cost €250.00 in a calendar month").waitFor();
    await region("Countries").getByLabel("Nothing at all").fill("de, at");
    await page.getByText("Nothing is sent to anybody in Germany or Austria, not even an answer.").waitFor();
    await page.getByRole("checkbox", { name: "Hours and limits bind colleagues, too" }).check();
    await page.getByText("What a colleague sends by hand is held back").waitFor();
    await save();
    const { quietHours, ...rest } = await policy();
    expect(quietHours.marketing[1]).toEqual([
      ["09:00", "12:00"],
      ["14:00", "18:30"],
    ]);
    expect(quietHours.marketing[5]).toEqual([]);
    expect(rest).toMatchObject({
      ownStopWords: ["lass gut sein", "no más ya"],
      monthlyBudget: { amount: 250, currency: "EUR" },
      closedCountries: ["DE", "AT"],
      bindsPeople: true,
    });
    await page.reload();
    expect(await own.getByLabel("Tuesday").inputValue()).toBe("09:00–12:00, 14:00–18:30");
  });

  it("fills in the defaults, which hold once they are saved", async () => {
    await page.getByRole("button", { name: "Fill in the defaults" }).click();
    await page.getByText("The defaults are filled in. They hold once you save.").waitFor();
    expect((await policy()).bindsPeople).toBe(true);
    await save();
    expect(await policy()).toEqual(defaultPolicy);
  });

  it("can be read and not changed by others", async () => {
    const { page: other } = await openWindow(browser);
    await signIn(other, world.origin, people.manager);
    await other.goto(`${world.origin}/consent/policies`);
    await other.getByText("Only administrators can change this.").waitFor();
    expect(await other.getByRole("button", { name: "Save" }).count()).toBe(0);
    expect(await other.getByLabel("In 7 days").isDisabled()).toBe(true);
    expect(await barriers(other)).toEqual([]);
    await other.context().close();
  });

  it("needed nothing that its content policy forbids", () => {
    expect(blocked).toEqual([]);
  });
});
