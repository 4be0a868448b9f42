import { until } from "@aparte/launch/until.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence } from "../support/browser.ts";
import { barriers, openWindow, plainBrowser } from "../support/console.ts";
import { focused } from "../support/panel.ts";
import { password, people, startWorld, type World } from "../support/world.ts";

let world: World;
let browser: Browser;
let page: Page;
let blocked: string[];

beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld(), plainBrowser()]);
  ({ page, blocked } = await openWindow(browser));
  await signIn(page, people.admin);
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});
keepEvidence(() => page?.context());

async function signIn(window: Page, email: string): Promise<void> {
  await window.goto(`${world.origin}/templates`);
  await window.getByLabel("E-mail").fill(email);
  await window.getByLabel("Password", { exact: true }).fill(password);
  await window.keyboard.press("Enter");
  await window.getByRole("table").getByText("quote_ready").waitFor();
}

const list = () => world.rep.templates.list.query({ channelId: world.channelId });
const main = () => page.getByRole("main");
const preview = () => page.getByRole("region", { name: "Preview" });

describe("the templates of the console", () => {
  it("are found by word, status, category and language, and the address keeps what was asked", async () => {
    await page.goto(`${world.origin}/templates?status=REJECTED`);
    await page.getByText("Change it and submit it again.").waitFor();
    expect(await page.getByRole("row").count()).toBe(2);
    await main().getByRole("combobox", { name: "Status" }).selectOption("All");
    await main().getByRole("combobox", { name: "Category" }).selectOption("Marketing");
    await main().getByRole("combobox", { name: "Language" }).selectOption("French");
    await page.waitForURL(/category=MARKETING/);
    await page.getByLabel("Search templates").fill("no such template");
    await page.getByText("No template fits.").waitFor();
    await page.getByRole("button", { name: "Show all templates" }).click();
    expect(await focused(page)).toBe("Search templates");
    expect(await barriers(page)).toEqual([]);
  });

  it("are written with checks and preview beside, handed in, approved by webhook, and offered", async () => {
    await page.getByRole("link", { name: "New template" }).click();
    await page.getByRole("heading", { name: "New template", level: 1 }).waitFor();
    await main().getByRole("textbox", { name: "Name", exact: true }).pressSequentially("Délai confirmé");
    expect(await main().getByRole("textbox", { name: "Name", exact: true }).inputValue()).toBe("delai_confirme");
    await main().getByRole("combobox", { name: "Language" }).selectOption("fr");
    await page.getByLabel(/^Text \d/).fill("{{first_name}}, votre délai est confirmé, à bientôt à l’hôtel");
    await page.getByRole("button", { name: "Submit to WhatsApp" }).click();
    await page
      .getByLabel(/^Text \d/)
      .and(page.locator("[aria-invalid]"))
      .waitFor();
    expect(await focused(page)).toContain("Text");
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel(/^Text \d/).fill("Bonjour {{first_name}}, votre délai est confirmé, à bientôt à l’hôtel 👋");
    await page.getByLabel("First name").fill("Zoé");
    await preview().getByText("Zoé").waitFor();
    await page.getByText("Nothing stands against it.").waitFor();
    await page.getByRole("button", { name: "Submit to WhatsApp" }).click();
    await page.waitForURL(/\/templates\?/);
    await page.getByRole("region", { name: "delai_confirme" }).getByText("Approved").first().waitFor();
    expect(await list()).toContainEqual(
      expect.objectContaining({
        name: "delai_confirme",
        status: "APPROVED",
        shape: expect.objectContaining({
          body: "Bonjour {{first_name}}, votre délai est confirmé, à bientôt à l’hôtel 👋",
        }),
      }),
    );
  });

  it("keep every version with who wrote it, and tell what changed", async () => {
    const region = page.getByRole("region", { name: "delai_confirme" });
    await region.getByRole("link", { name: "Edit" }).click();
    await page.getByLabel(/^Text \d/).fill("Bonjour {{first_name}}, votre nouveau délai est confirmé, à bientôt.");
    await page.getByRole("button", { name: "Submit to WhatsApp" }).click();
    await page.waitForURL(/\/templates\?/);
    await until("the change is approved", async () => (await region.getByText("Approved").count()) >= 3);
    await region.getByText("Ada Admin").first().waitFor();
    await region.getByRole("button", { name: "Compare with the one before" }).click();
    await region.getByText("votre nouveau délai").last().waitFor();
    expect(await barriers(page)).toEqual([]);
    await region.getByRole("link", { name: "Edit" }).click();
    await page.getByText("WhatsApp takes the next change of this template from").waitFor();
  });

  it("can wait as drafts, and are not lost by leaving", async () => {
    await page.goto(`${world.origin}/templates/library`);
    await page.getByRole("listitem", { name: "Invitation" }).getByRole("link", { name: "Start from this" }).click();
    await page.getByRole("button", { name: "Save draft" }).click();
    await page.getByText("Draft saved.").waitFor();
    await page.getByRole("link", { name: "Templates" }).click();
    await page.getByRole("link", { name: "event" }).click();
    await preview().getByText("our open day").waitFor();
    await main().getByRole("textbox", { name: "Name", exact: true }).fill("open_day");
    page.once("dialog", (dialog) => void dialog.dismiss());
    await page.getByRole("link", { name: "Templates" }).click();
    expect(page.url()).toContain("/templates/write");
    page.once("dialog", (dialog) => void dialog.accept());
    await page.getByRole("link", { name: "Templates" }).click();
    await page.getByRole("button", { name: "Discard" }).click();
    await page.getByRole("link", { name: "event" }).waitFor({ state: "detached" });
  });

  it("are deleted once somebody has read what follows", async () => {
    await page.goto(`${world.origin}/templates?search=delai`);
    await page.getByRole("button", { name: "Delete" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("cannot be used again for 30 days").waitFor();
    await page.keyboard.press("Escape");
    expect(await focused(page)).toBe("Delete");
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Delete" }).click();
    await page.getByText("No template fits.").waitFor();
    expect((await list()).map(({ name }) => name)).not.toContain("delai_confirme");
  });

  it("get the link to the person's own preference page in one press", async () => {
    await page.goto(`${world.origin}/templates`);
    await page.getByRole("link", { name: "New template" }).click();
    await main().getByRole("combobox", { name: "Category" }).selectOption("Marketing");
    await page.getByRole("button", { name: "Add a button" }).click();
    await page.getByRole("menuitem", { name: "Link to preferences" }).click();
    await preview().getByText("Leads to the person’s own preference page").waitFor();
    expect(await main().getByLabel("Address").inputValue()).toBe(`${world.origin}/preferences/{{1}}`);
    await page.getByRole("button", { name: "Add a button" }).click();
    await page.getByRole("menuitem", { name: "Open a web page" }).waitFor();
    expect(await page.getByRole("menuitem", { name: "Link to preferences" }).count()).toBe(0);
    await page.keyboard.press("Escape");
    expect(await barriers(page)).toEqual([]);
  });

  it("break no rule of the page's content policy", () => {
    expect(blocked).toEqual([]);
  });
});
