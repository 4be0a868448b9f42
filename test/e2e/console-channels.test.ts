import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence } from "../support/browser.ts";
import { barriers, openWindow, plainBrowser, signIn } from "../support/console.ts";
import { focused, waitForFocus } from "../support/panel.ts";
import { people, post, startWorld, type World } from "../support/world.ts";

let world: World;
let browser: Browser;
let page: Page;
let blocked: string[];

beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld(), plainBrowser()]);
  ({ page, blocked } = await openWindow(browser));
  await signIn(page, world.origin, people.admin);
  await page.getByRole("link", { name: "Health and settings" }).click();
  await page.getByRole("heading", { name: "News from Meta" }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});
keepEvidence(() => page?.context());

const number = (change: object) =>
  post(`${world.whatsapp.url}/_sim/numbers/${world.whatsapp.identity.phone_number_id}`, change);
const account = (change: object) =>
  post(`${world.whatsapp.url}/_sim/accounts/${world.whatsapp.identity.waba_id}`, change);
const check = (name: string) => page.getByRole("listitem", { name });
const field = (name: string) => page.getByRole("textbox", { name });
const view = (name: string) =>
  page.getByRole("navigation", { name: "Pages of this number" }).getByRole("link", { name });

/** What an administrator does for one number, in this order. */
describe("the pages of a number", () => {
  it("say how it stands in plain words", async () => {
    await page.getByText("All six checks are fine").waitFor();
    await page.getByText("2,000 people a day").waitFor();
    await page.getByText("Up to 80 messages a second").waitFor();
    expect(await page.title()).toBe("Health · Aparté");
    expect(await barriers(page)).toEqual([]);
  });

  it("find that it is not registered, and mend it with the PIN", async () => {
    await number({ registered: false, pin: "314159" });
    await checkAgain();
    await check("Registration").getByText("neither sends nor receives").waitFor();
    await check("Registration").getByText("Who can fix it: you.").waitFor();
    expect(await barriers(page)).toEqual([]);
    await check("Registration").getByRole("button", { name: "Register" }).click();
    const dialog = page.getByRole("dialog");
    await page.keyboard.type("12");
    await page.keyboard.press("Enter");
    await dialog.getByText("A PIN has exactly six digits.").waitFor();
    expect(await focused(page)).toBe("PIN, six digits");
    await field("PIN, six digits").fill("000000");
    await page.keyboard.press("Enter");
    await dialog.getByRole("alert").getByText("This is not the number’s PIN.").waitFor();
    await field("PIN, six digits").fill("314159");
    await page.keyboard.press("Enter");
    await page.getByText("The number is registered.").waitFor();
    await waitForFocus(page, "H2");
    await check("Registration").getByText("registered and protected").waitFor();
  });

  it("bring the news back that went nowhere", async () => {
    const { waba_id: wabaId, access_token: token } = world.whatsapp.identity;
    await fetch(`${world.whatsapp.url}/v26.0/${wabaId}/subscribed_apps`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${token}` },
    });
    await checkAgain();
    await check("News from WhatsApp").getByRole("button", { name: "Send news here again" }).click();
    await check("News from WhatsApp").getByText("come to this server").waitFor();
    await waitForFocus(page, "H2");
  });

  it("tell what Meta decided, with its own words", async () => {
    await account({ violation: "ADULT" });
    await account({ alert: { type: "OBA_REJECTED", description: "The business is not notable enough." } });
    await shows("did not grant the badge of an official business account");
    await shows("The business is not notable enough.");
    await shows("found a violation of its policy: adult.");
    await shows("The two-step PIN of 33199004210 was changed.");
  });

  it("ask for another name, and show what becomes of it", async () => {
    await page.getByRole("button", { name: "Ask for another name" }).click();
    await field("New display name").fill("LUMEN");
    await page.keyboard.press("Enter");
    await page.getByText("WhatsApp is reviewing the new name.").waitFor();
    await page.getByText(/New name “LUMEN”: (In review|Declined)/).waitFor();
  });

  it("announce that Meta's interface is about to end in the version in use", async () => {
    // Which version ends when depends on the day; here the answer says it.
    await page.route(/channels\.detail/, async (route) => {
      const response = await route.fetch();
      const news = { news: "ends", on: "2027-01-21", announced: true };
      const body = (await response.text()).replace('"news":null}', `"news":${JSON.stringify(news)}}`);
      await route.fulfill({ response, body });
    });
    await checkAgain();
    await page.getByText("Version v26.0 of Meta’s interface ends on 21 January 2027.").waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.unroute(/channels\.detail/);
  });

  it("take another token, and say what Meta does not accept", async () => {
    const { access_token, expired_access_token } = world.whatsapp.identity;
    await page.getByRole("button", { name: "Use another token" }).click();
    await page.getByRole("dialog").getByLabel("Access token").fill(expired_access_token);
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("Meta does not accept this access token.").waitFor();
    await page.getByRole("dialog").getByLabel("Access token").fill(access_token);
    await page.keyboard.press("Enter");
    await page.getByText("The new token is in use.").waitFor();
  });

  it("save the profile as typed, with its photo, and read it back", async () => {
    await view("Business profile").click();
    await field("About").fill("");
    await field("Website 2").fill("two words");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Write something here").waitFor();
    await page.getByText("This is not a web address").waitFor();
    expect(await focused(page)).toMatch(/^About/);
    expect(await barriers(page)).toEqual([]);
    await field("About").fill("Lundi–vendredi, 9 h–18 h");
    await field("Description").fill("Lampes & abat-jour,\nsur mesure");
    await field("Website 2").fill("example.com");
    await page.getByLabel("Kind of business").selectOption({ label: "Professional services" });
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Photo" }).click();
    await (await choosing).setFiles({ name: "photo.png", mimeType: "image/png", buffer: pixel });
    const preview = page.getByRole("region", { name: "As people see it in WhatsApp" });
    await preview.getByRole("img", { name: "Photo" }).waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved. People see it now.").waitFor();
    await page.reload();
    await preview.getByText("Lundi–vendredi, 9 h–18 h").waitFor();
    await preview.getByText("https://example.com").waitFor();
    expect(await field("Description").inputValue()).toBe("Lampes & abat-jour,\nsur mesure");
    expect(await preview.getByRole("img", { name: "Photo" }).getAttribute("src")).toMatch(/^data:image\/png;base64,/);
  });

  it("offer questions and commands, each mistake at its field", async () => {
    await view("Conversation starters").click();
    await page.getByRole("button", { name: "Add a question" }).click();
    await page.keyboard.type("Quels sont vos horaires ?");
    await page.getByRole("button", { name: "Add a command" }).click();
    await page.keyboard.type("/help me");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Talk to a person");
    await page.keyboard.press("Enter");
    await page.getByText("Use small letters a to z").waitFor();
    expect(await focused(page)).toMatch(/^Command 1/);
    expect(await barriers(page)).toEqual([]);
    await field("Command 1").fill("/help");
    await page.keyboard.press("Enter");
    await page.getByText("Saved. People see it now.").waitFor();
    await page.reload();
    expect(await field("Question 1").inputValue()).toBe("Quels sont vos horaires ?");
    await page.getByRole("region", { name: "As people see it" }).getByText("/help").waitFor();
    await page.getByRole("button", { name: "Take out question 1" }).click();
    expect(await focused(page)).toBe("Add a question");
  });

  it("make a QR code, change its message, and delete it after a question", async () => {
    await view("QR codes and links").click();
    await page.getByRole("button", { name: "New QR code" }).click();
    await field("Message that is already written").fill("Bonjour !");
    await page.getByRole("button", { name: "Create" }).click();
    const code = page.getByRole("listitem", { name: "Bonjour !" });
    await code.getByRole("link", { name: /^wa\.me\/message\// }).waitFor();
    await code.getByRole("img", { name: "QR code of this link" }).waitFor();
    expect(await barriers(page)).toEqual([]);
    const downloading = page.waitForEvent("download");
    await code.getByRole("link", { name: "Download SVG" }).click();
    expect((await downloading).suggestedFilename()).toMatch(/^whatsapp-\w+\.svg$/);
    await code.getByRole("button", { name: "Change message" }).click();
    await field("Message that is already written").fill("Bonsoir !");
    await page.getByRole("button", { name: "Save" }).click();
    const changed = page.getByRole("listitem", { name: "Bonsoir !" });
    await changed.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByText("leads nowhere from then on").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText("There is none yet.").waitFor();
    await waitForFocus(page, "H2");
  });
});

describe("the rate card", () => {
  const good = "country,category,amount,currency\nFR,MARKETING,0.1186,EUR\nFR;UTILITY;0.0248;EUR\n*,MARKETING,0.06,EUR";

  it("is not replaced while one line cannot be read", async () => {
    await page.getByRole("link", { name: "Rate card" }).click();
    await page.getByText("Meta bills every delivered message").waitFor();
    await field("Lines of the rate card").fill(`${good}\nDE,MARKETING,0,1131,EUR`);
    await page.getByText("1 line cannot be read").waitFor();
    await page.getByText("Line 5: DE,MARKETING,0,1131,EUR").waitFor();
    expect(await page.getByRole("button", { name: "Replace the card" }).count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
  });

  it("is taken over from a file, and shown by country", async () => {
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose a CSV file" }).click();
    await (await choosing).setFiles({ name: "rates.csv", mimeType: "text/csv", buffer: Buffer.from(good) });
    await page.getByText("3 prices read for 2 countries.").waitFor();
    await page.getByRole("button", { name: "Replace the card with these 3 prices" }).click();
    await page.getByRole("row", { name: /^France .*€0\.0248 .*€0\.1186$/ }).waitFor();
    await page.getByRole("row", { name: /^All other countries .*€0\.06$/ }).waitFor();
    await waitForFocus(page, "H2");
    expect(await barriers(page)).toEqual([]);
    expect(await world.admin.pricing.rates.query()).toHaveLength(3);
  });
});

describe("other people", () => {
  it("managers read everything and change nothing, reps see none of it", async () => {
    const { page: hers } = await openWindow(browser);
    await signIn(hers, world.origin, people.manager);
    await hers.goto(`${world.origin}/numbers/${world.channelId}`);
    await hers.getByText("2,000 people a day").waitFor();
    for (const place of ["", "/profile", "/starters", "/codes"]) {
      await hers.goto(`${world.origin}/numbers/${world.channelId}${place}`);
      await hers
        .getByText(place === "" ? "All six checks are fine" : /An administrator can change|There is none/)
        .waitFor();
      for (const name of ["Save", "New QR code", "Set a new PIN", "Use another token"]) {
        expect(await hers.getByRole("button", { name }).count()).toBe(0);
      }
    }
    await hers.context().close();
    const { page: theirs } = await openWindow(browser);
    await signIn(theirs, world.origin, people.rep);
    await theirs.goto(`${world.origin}/numbers/${world.channelId}`);
    await theirs.getByRole("alert").waitFor();
    expect(await theirs.getByText("people a day").count()).toBe(0);
    await theirs.context().close();
  });

  it("never tried what the content policy forbids", () => {
    expect(blocked).toEqual([]);
  });
});

/** A picture of one dot, as small as a PNG can be. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function checkAgain(): Promise<void> {
  const answered = page.waitForResponse((answer) => answer.url().includes("channels.detail"));
  await page.getByRole("button", { name: "Check again" }).click();
  await answered;
}

/** News come by webhook, a moment after they were decided. */
async function shows(text: string): Promise<void> {
  const found = page.getByText(text);
  for (let turn = 0; turn < 20 && (await found.count()) === 0; turn += 1) await checkAgain();
  await found.waitFor();
}
