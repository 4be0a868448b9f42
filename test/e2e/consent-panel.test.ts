import { defaultPolicy } from "@aparte/core/consent-policy.ts";
import { daysAlike, type Interval } from "@aparte/core/week.ts";
import type { JobPerson } from "@aparte/launch/job/person.ts";
import type { Panel } from "@aparte/launch/job/panel.ts";
import { until } from "@aparte/launch/until.ts";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { axeViolations } from "../support/axe.ts";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { taken, templateNamed, templateTo } from "../support/conversation.ts";
import { lineOf, pressUntil, waitForFocus } from "../support/panel.ts";

let desk: Desk;
let page: Page;
let ana: JobPerson;
let panel: Panel;
beforeAll(async () => {
  desk = await openDesk();
  page = desk.page;
});
beforeEach(async () => {
  ana = await desk.newPerson();
  panel = await desk.open(ana);
  await panel.frame.getByRole("heading", { name: ana.name }).waitFor();
  await button("No consent").waitFor();
});
afterAll(() => desk?.close());
keepEvidence(() => desk?.context);

const button = (name: string | RegExp) => panel.frame.getByRole("button", { name }).first();
const words = "May we send you our offers on WhatsApp? “Yes, gladly.”";

/** Counts the presses of a pointer inside the panel from now on. */
async function countPresses(frame: Frame): Promise<() => Promise<number>> {
  await frame.evaluate(() => {
    const counted = window as unknown as Counted;
    counted.__presses = 0;
    addEventListener("click", (event) => (counted.__presses += event.isTrusted && event.detail > 0 ? 1 : 0), true);
  });
  return () => frame.evaluate(() => (window as unknown as Counted).__presses);
}
type Counted = { __presses: number };

/** What axe finds in light and in dark. */
async function barriers(): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await axeViolations(panel.frame)).map((rule) => `${colorScheme}: ${rule}`));
  }
  return found;
}

async function recordConsent(): Promise<void> {
  await button("No consent").click();
  await panel.frame.getByLabel("Exact words").fill(words);
  await panel.frame.getByRole("dialog").getByRole("button", { name: "Record consent" }).click();
  await panel.frame.getByText(`The consent of ${ana.name} is recorded.`).waitFor();
}

async function optOut(): Promise<void> {
  await button("Opted in").click();
  await panel.frame.getByRole("dialog").getByRole("button", { name: "Stop messages" }).click();
  await panel.frame.getByText(`Messages to ${ana.name} are stopped.`).waitFor();
}

async function contactId(): Promise<string> {
  const view = await desk.world.rep.crm.openNumber.mutate({ e164: `+${ana.waId}` });
  if (view.state !== "ready") throw new Error(`The number opens as ${view.state}`);
  return view.conversation.person.contactId;
}

/** What the API says to an advertisement, beside the panel. */
async function answerOfTheApi(): Promise<string> {
  const template = await templateNamed(desk.world, "spring_offer");
  const outcome = await desk.world.rep.messaging.sendTemplate.mutate(
    templateTo(desk.world, await contactId(), template),
  );
  return outcome.ok ? "sent" : outcome.refused;
}

/** Lets machines write at these hours of every day. The hours that hold by themselves would make a test tell the time. */
async function quietOutside(hours: Interval): Promise<void> {
  const week = daysAlike(7, hours);
  const quietHours = { marketing: week, utility: week, holidays: false };
  await desk.world.admin.consent.savePolicy.mutate({ ...defaultPolicy, quietHours });
}

/** An hour of São Paulo that is half a day away from now. */
function farFromNow(): Interval {
  const hour = (new Date().getUTCHours() - 3 + 36) % 24;
  return [`${String(hour).padStart(2, "0")}:00`, `${String(hour + 1).padStart(2, "0")}:00`];
}

describe("a spoken consent", () => {
  it("is two presses and a line, says at once what it allows, and the advertisement leaves", async () => {
    expect(await answerOfTheApi()).toBe("consent.missing");
    const presses = await countPresses(panel.frame);
    await recordConsent();
    expect(await presses()).toBe(2);
    const year = new Date().getFullYear() + 2;
    await panel.frame.getByText(new RegExp(`^Allowed now: Marketing until .*${year}, Service messages`)).waitFor();
    await panel.frame.getByText("Not allowed: Replies.").waitFor();
    await button("Opted in").waitFor();

    await button(/^spring_offer/).click();
    const fields = panel.frame.getByRole("form").getByRole("textbox");
    await fields.first().waitFor();
    for (const field of await fields.all()) if ((await field.inputValue()) === "") await field.fill("Ana");
    await button("Send template").click();
    await until("WhatsApp has it", async () => (await taken(desk.world)).some(({ waId }) => waId === ana.waId));
  });

  it("is for service messages where one came from one that lacks it", async () => {
    await desk.world.admin.consent.savePolicy.mutate({ ...defaultPolicy, utilityNeedsConsent: true });
    const lacking = "Your firm sends service templates only to people who agreed to them.";
    const row = panel.frame.getByRole("listitem").filter({ hasText: lacking }).first();
    await row.getByRole("button", { name: "Record consent" }).click();
    const dialog = panel.frame.getByRole("dialog");
    await dialog.getByText(/^Service messages · /).waitFor();
    await dialog.getByLabel("Exact words").fill(words);
    await dialog.getByRole("button", { name: "Record consent" }).click();
    await panel.frame.getByText(/^Allowed now: Service messages/).waitFor();
    await desk.world.admin.consent.savePolicy.mutate(defaultPolicy);
  });

  it("is for replies where these had been stopped", async () => {
    await desk.world.rep.consent.record.mutate({
      contactId: await contactId(),
      purposes: ["service"],
      action: "withdrawn",
      method: "phone_call",
      wording: "No replies either, please.",
      occurredAt: new Date().toISOString(),
    });
    await panel.frame.getByText("Sending is off").waitFor();
    await panel.frame.getByRole("button", { name: "Record consent" }).last().click();
    await panel.frame
      .getByRole("dialog")
      .getByText(/^Replies · /)
      .waitFor();
    await panel.frame.getByLabel("Exact words").fill(words);
    await panel.frame.getByRole("dialog").getByRole("button", { name: "Record consent" }).click();
    await panel.frame.getByText("Sending is off").waitFor({ state: "detached" });
  });

  it("asks for the line that is its proof", async () => {
    await button("No consent").click();
    const dialog = panel.frame.getByRole("dialog");
    await until("the missing proof is pointed out", async () => {
      await dialog.getByRole("button", { name: "Record consent" }).click();
      return dialog.getByText("A consent without proof does not count.").isVisible();
    });
    await waitForFocus(panel.frame, "Exact words");
    expect(await answerOfTheApi()).toBe("consent.missing");
  });

  it("takes another purpose, way and number when somebody says so", async () => {
    await button("No consent").click();
    const dialog = panel.frame.getByRole("dialog");
    await dialog.getByText("Marketing · On the phone · now").click();
    await dialog.getByLabel("Service messages").check();
    await dialog.getByLabel("How").first().selectOption({ label: "On paper" });
    await dialog.getByLabel("Our numbers").selectOption({ label: "All our numbers" });
    await dialog.getByLabel("Exact words").fill(words);
    await dialog.getByRole("button", { name: "Record consent" }).click();
    await dialog.waitFor({ state: "detached" });
    const entries = await desk.world.rep.consent.history.query({ contactId: await contactId() });
    expect(entries.map(({ purpose, method, channelId, wording }) => [purpose, method, channelId, wording])).toEqual(
      expect.arrayContaining([
        ["marketing", "paper", null, words],
        ["utility", "paper", null, words],
      ]),
    );
  });
});

describe("an opt-out", () => {
  it("is two presses, holds from that moment, and can be taken back before it is final", async () => {
    await recordConsent();
    const presses = await countPresses(panel.frame);
    await optOut();
    expect(await presses()).toBe(2);
    expect(await answerOfTheApi()).toBe("consent.opted_out");
    await panel.frame.getByText("Allowed now:").waitFor({ state: "detached" });
    await button("Opted out").waitFor();
    expect(await barriers()).toEqual([]);

    await button("Undo").click();
    await panel.frame.getByText("Taken back. Everything is as it was before.").waitFor();
    await button("Opted in").waitFor();
    expect(await answerOfTheApi()).toBe("sent");
  });

  it("is final when the time is over, and the panel says what the API answers", async () => {
    await recordConsent();
    await optOut();
    await panel.frame.getByText("This is final: only a new consent of theirs changes it.").waitFor();
    expect(await button("Undo").count()).toBe(0);
    expect(await answerOfTheApi()).toBe("consent.opted_out");

    await button("Opted out").click();
    const marketing = panel.frame.locator("[data-purpose~=marketing]");
    await marketing.getByText("This person asked not to receive these messages any more.").waitFor();
    await marketing.getByText("Asked for no more messages.").waitFor();
    await marketing.getByText("Written down by Rita").waitFor();
    await panel.frame.getByText("History").click();
    const history = panel.frame.getByRole("group").filter({ hasText: "History" });
    await history.getByText("Marketing, Service messages, Sign-in codes", { exact: true }).waitFor();
    expect(await barriers()).toEqual([]);
  });

  it("stays while somebody is at the button, and survives the panel", async () => {
    await recordConsent();
    await optOut();
    await button("Undo").focus();
    const left = await panel.frame.getByText(/^\d+ s$/).textContent();
    for (const text of ["One more thing", "And another"]) {
      await desk.writes(ana, text);
      await lineOf(panel, text).waitFor();
    }
    expect(await panel.frame.getByText(/^\d+ s$/).textContent()).toBe(left);
    panel = await desk.open(ana);
    await panel.frame.getByText(`${ana.name} opted out`).first().waitFor();
    expect(await answerOfTheApi()).toBe("consent.opted_out");
  });
});

describe("why one may and may not write", () => {
  it("is proven by the message in which they said it", async () => {
    await desk.writes(ana, "Stop please");
    await panel.frame.getByText(`${ana.name} opted out`).first().waitFor();
    await button("See the message").click();
    await waitForFocus(panel.frame, /Stop please/);
  });

  const of = (purpose: string) => panel.frame.locator(`[data-purpose~=${purpose}]`);

  it("is said for each purpose, with all reasons and the way out", async () => {
    await quietOutside(["00:00", "24:00"]);
    await button("No consent").click();
    await of("marketing").getByText("No consent to marketing is recorded. Record the consent first").waitFor();
    await of("service").getByText("The 24-hour reply window has closed.").waitFor();
    await of("utility").getByText("Service messages, Sign-in codes: allowed").waitFor();
    await panel.frame.getByText("History").click();
    await panel.frame.getByText("Nothing is recorded yet.").waitFor();
    expect(await barriers()).toEqual([]);
  });

  it("warns of an hour at which people rest, except of codes that they asked for", async () => {
    await quietOutside(farFromNow());
    await button("No consent").click();
    const late = "It is too late, too early or a day of rest where this person is.";
    await of("marketing").getByText(late).waitFor();
    await of("utility").getByText("Service messages: allowed").waitFor();
    await of("utility").getByText(late).waitFor();
    await of("authentication").getByText("Sign-in codes: allowed").waitFor();
    expect(await of("authentication").getByText(late).count()).toBe(0);
  });

  it("opens from the template that cannot be sent", async () => {
    await button("Why?").click();
    await panel.frame.getByRole("dialog", { name: `What you may send to ${ana.name}` }).waitFor();
  });

  it("gives people a link and a code to decide themselves", async () => {
    await button("No consent").click();
    await button("Show QR code").click();
    await panel.frame.getByRole("img", { name: /^QR code/ }).waitFor();
    await button("Copy link to their preferences").click();
    await panel.frame.getByText(/The link is copied|\/preferences\//).waitFor();
  });
});

describe("a word that may be meant as a stop", () => {
  it("waits beside the conversation until somebody has read it", async () => {
    await recordConsent();
    await desk.writes(ana, "Please leave me alone with this");
    await lineOf(panel, "leave me alone").waitFor();
    await panel.frame.getByText(`Does ${ana.name} want no more messages?`).waitFor();
    expect(await answerOfTheApi()).toBe("consent.under_review");
    expect(await barriers()).toEqual([]);
    await button("They did not mean that").click();
    await panel.frame.getByText(`Does ${ana.name} want no more messages?`).waitFor({ state: "detached" });
    expect(await answerOfTheApi()).toBe("sent");
  });
});

describe("with the keyboard alone", () => {
  it("the menu leads to what one came for", async () => {
    await pressUntil(page, panel.frame, ["Shift+Tab", "More"]);
    await page.keyboard.press("Enter");
    await pressUntil(page, panel.frame, ["ArrowDown", "Opt out"]);
    await page.keyboard.press("Enter");
    await waitForFocus(panel.frame, "Stop messages");
    await page.keyboard.press("Escape");
    await waitForFocus(panel.frame, "More");
  });

  it("a consent is recorded, an opt-out recorded and taken back", async () => {
    await pressUntil(page, panel.frame, ["Shift+Tab", "No consent"]);
    await page.keyboard.press("Enter");
    await waitForFocus(panel.frame, "Exact words");
    await page.keyboard.type("Yes, send me offers");
    await pressUntil(page, panel.frame, ["Tab", "Record consent"]);
    await page.keyboard.press("Enter");
    await waitForFocus(panel.frame, "Opted in");
    await page.keyboard.press("Enter");
    await pressUntil(page, panel.frame, ["Tab", "Stop messages"]);
    await page.keyboard.press("Enter");
    await waitForFocus(panel.frame, "Opted out");
    await pressUntil(page, panel.frame, ["Tab", "Undo"]);
    await page.keyboard.press("Enter");
    await panel.frame.getByText("Taken back. Everything is as it was before.").waitFor();
    expect(await answerOfTheApi()).toBe("sent");
  });
});

describe("in French", () => {
  it("says the same, reason by reason", async () => {
    const options = await desk.context.newPage();
    await options.goto(new URL("options.html", desk.context.serviceWorkers()[0]?.url()).href);
    await options.getByLabel("Language").selectOption({ label: "Français" });
    // It speaks French itself when the choice is kept.
    await options.getByLabel("Langue", { exact: true }).waitFor();
    await options.close();
    await page.bringToFront();
    await button("Sans consentement").click();
    const dialog = panel.frame.getByRole("dialog", { name: `Ce que vous pouvez envoyer à ${ana.name}` });
    await dialog.getByText("Aucun consentement marketing n’est enregistré.").waitFor();
    await dialog.getByLabel("Termes exacts").fill("Oui, volontiers");
    await dialog.getByRole("button", { name: "Enregistrer un consentement" }).click();
    await panel.frame.getByText(/^Autorisé maintenant : Marketing jusqu’au /).waitFor();
    expect(await barriers()).toEqual([]);
  });
});
