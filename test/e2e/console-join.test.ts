import { until } from "@aparte/launch/until.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence } from "../support/browser.ts";
import { barriers, openWindow, plainBrowser, signIn } from "../support/console.ts";
import { newNumber } from "../support/meta-webhook.ts";
import { people, startWorld, type World } from "../support/world.ts";

let world: World;
let browser: Browser;
let page: Page;
let blocked: string[];
let link: string;

beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld(), plainBrowser()]);
  ({ page, blocked } = await openWindow(browser));
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: world.origin });
  await signIn(page, world.origin, people.admin);
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});
keepEvidence(() => page?.context());

const field = (name: string | RegExp) => page.getByRole("textbox", { name });
const view = (name: string) =>
  page.getByRole("navigation", { name: "Pages about consent" }).getByRole("link", { name });
const fair = () => page.getByRole("listitem", { name: "Trade fair Lyon" });

describe("the texts of the preference page", () => {
  it("are written beside the very page that people will see", async () => {
    await page.getByRole("link", { name: "Consent", exact: true }).click();
    await view("Preference page").click();
    const preview = page.frameLocator("iframe[title='As people see it']");
    await preview.getByRole("heading", { name: "Your choice, every time" }).waitFor();
    await field(/^Title/).fill("It is up to <you>");
    await preview.getByRole("heading", { name: "It is up to <you>" }).waitFor();
    await field(/^Goodbye/).fill("So long, and thanks.");
    await page.getByRole("checkbox", { name: "After a stop" }).check();
    await preview.getByText("So long, and thanks.").waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it("are there once they are saved, in one language and no other", async () => {
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved. People see it now.").waitFor();
    await page.reload();
    expect(await field(/^Title/).inputValue()).toBe("It is up to <you>");
    await page.getByLabel("Language of the page").selectOption("fr");
    await page.frameLocator("iframe").getByRole("heading", { name: "Vous avez le choix" }).waitFor();
    expect(await field(/^Title/).inputValue()).toBe("");
  });

  it("cannot be longer than the page has room for", async () => {
    await field(/^Title/).fill("x".repeat(81));
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("This text is too long.").waitFor();
    expect(await field(/^Title/).getAttribute("aria-invalid")).toBe("true");
  });
});

describe("join links", () => {
  it("are made with each choice and its consequence", async () => {
    await view("Join links").click();
    await page.getByText("There is none yet.").waitFor();
    await page.getByRole("button", { name: "New join link" }).click();
    await page.getByRole("checkbox", { name: "News and offers" }).uncheck();
    await page.getByRole("button", { name: "Make the link" }).click();
    await page.getByText("Choose at least one.").waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("checkbox", { name: "News and offers" }).check();
    await page.getByRole("checkbox", { name: /^Notices/ }).check();
    expect(await field(/^Words that they send/).inputValue()).toMatch(/news and offers .* notices about/s);
    await field(/^Where people meet it/).fill("Trade fair Lyon");
    await field(/^Words that they send/).fill("STOP");
    await field(/^Thank-you message/).fill("Welcome!");
    await page.getByRole("button", { name: "Make the link" }).click();
    await page.getByText("Write something here, and not more than fits.").waitFor();
    await field(/^Words that they send/).fill("Stop all please");
    await page.getByRole("button", { name: "Make the link" }).click();
    await page.getByText("These words would be read as a wish to get no more messages.").waitFor();
    await field(/^Words that they send/).fill("Yes, I would like to receive your offers and notices.");
    await page.getByRole("button", { name: "Make the link" }).click();
    await page.getByText("The link is made.").waitFor();
    await fair().getByText("Nobody has agreed yet").waitFor();
    await fair().getByRole("img", { name: "QR code of this link" }).waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it("are copied, followed on the person's phone, and counted", async () => {
    await fair().getByRole("button", { name: "Copy" }).click();
    link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toMatch(/^https:\/\/wa\.me\/33199004210\?text=/);
    const telephone = await browser.newPage();
    await telephone.goto(`${world.whatsapp.url}/phone?wa_id=${newNumber()}`);
    await telephone.getByText("No messages yet").waitFor();
    await telephone.getByLabel("Message", { exact: true }).focus();
    await telephone.evaluate((text) => {
      const data = new DataTransfer();
      data.setData("text/plain", text);
      document.activeElement?.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, link);
    const message = telephone.getByLabel("Message", { exact: true });
    await until("the words are there", async () => (await message.inputValue()).includes("offers and notices"));
    await telephone.getByRole("button", { name: "Send message" }).click();
    await telephone.getByText("Welcome!").waitFor();
    await telephone.close();
    await until("the console counts them", async () => {
      await page.reload();
      await fair().waitFor();
      return fair().getByText("1 person agreed").isVisible();
    });
  });

  it("are printed as a poster in the language of their words", async () => {
    await fair().getByRole("link", { name: "Poster to print" }).click();
    await page.getByRole("heading", { name: "Acme" }).waitFor();
    await page.getByText("Scan the code with your phone’s camera").waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("link", { name: "Back to the join links" }).click();
    const downloading = page.waitForEvent("download");
    await fair().getByRole("link", { name: "Download SVG" }).click();
    expect((await downloading).suggestedFilename()).toMatch(/^whatsapp-[\w-]+\.svg$/);
  });

  it("end after a question, and what is sent then is seen to prove nothing", async () => {
    await fair().getByRole("button", { name: "End" }).click();
    await page.getByRole("dialog").getByText("also from posters that still hang").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "End" }).click();
    await page.getByText("The link has ended.").waitFor();
    const body = new URL(link).searchParams.get("text") ?? "";
    await world.inbound({ from: newNumber(), profile_name: "Late Lea", type: "text", text: { body } });
    await until("the console tells of it", async () => {
      await page.reload();
      await fair().waitFor();
      return page.getByText("The link had ended").isVisible();
    });
    await page.getByText("Late Lea").waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it("never tried what the content policy forbids", () => {
    expect(blocked).toEqual([]);
  });
});
