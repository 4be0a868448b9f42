import type { Panel } from "@aparte/launch/job/panel.ts";
import type { JobPerson } from "@aparte/launch/job/person.ts";
import { until } from "@aparte/launch/until.ts";
import type { Download, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "../support/axe.ts";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { lineOf } from "../support/panel.ts";
import { post } from "../support/world.ts";

let desk: Desk;
let ana: JobPerson;
let panel: Panel;

beforeAll(async () => {
  desk = await openDesk();
  ana = await desk.newPerson();
  panel = await desk.open(ana);
  await desk.writes(ana, "Good morning");
  await lineOf(panel, "Good morning").waitFor();
});
afterAll(() => desk?.close());
keepEvidence(() => desk?.context);

/** The person sends one message; the answer is its id at WhatsApp. */
async function receives(message: Readonly<Record<string, unknown>>): Promise<string> {
  const { whatsapp } = desk.world;
  const { phone_number_id } = whatsapp.identity;
  const answer = await post(`${whatsapp.url}/_sim/inbound`, { phone_number_id, from: ana.waId, ...message });
  return (answer as { id: string }).id;
}

/** The newest line of the conversation in which all of this stands. */
function newest(...words: readonly (string | RegExp)[]): Locator {
  return words.reduce((lines, hasText) => lines.filter({ hasText }), panel.frame.locator("[data-row]")).last();
}

/** How many pixels a picture has; 0 until it is loaded. */
const loaded = (picture: Locator) =>
  until("the picture is loaded", async () => picture.evaluate((one: HTMLImageElement) => one.naturalWidth > 0));

describe("a file that a person sends", () => {
  it("is seen as a picture with its words, opens by a press and by Enter, and closes by Escape", async () => {
    await receives({ type: "image", image: { caption: "The roof, *today*" } });
    const line = newest("The roof, today");
    await loaded(line.getByRole("img", { name: "The roof" }));
    const box = await line.getByRole("button", { name: "Open Photo" }).boundingBox();
    expect(Math.round(((box?.width ?? 0) / (box?.height ?? 1)) * 3)).toBe(4);
    await line.getByRole("button", { name: "Open Photo" }).click();
    const viewer = panel.frame.getByRole("dialog", { name: "Photo" });
    await loaded(viewer.getByRole("img"));
    expect(await axeViolations(panel.frame)).toEqual([]);
    await desk.page.keyboard.press("Escape");
    await viewer.waitFor({ state: "detached" });
    await line.focus();
    await desk.page.keyboard.press("Enter");
    await viewer.waitFor();
    await desk.page.keyboard.press("Escape");
    await viewer.waitFor({ state: "detached" });
  });

  it("is seen as a film, and as a sticker", async () => {
    await receives({ type: "video", video: {} });
    await panel.frame.getByRole("button", { name: "Open Video" }).waitFor();
    await receives({ type: "sticker", sticker: {} });
    await loaded(panel.frame.getByRole("img", { name: "Sticker" }));
  });

  it("is heard when it is a voice message, and remembered as heard", async () => {
    await receives({ type: "audio", audio: {} });
    const voice = panel.frame.getByRole("group", { name: "Voice message" });
    await voice.getByRole("button", { name: "Play" }).click();
    await voice.locator('[data-heard="true"]').waitFor({ state: "attached" });
    await voice.getByRole("button", { name: "Speed 1" }).click();
    await voice.getByRole("button", { name: "Speed 1.5" }).waitFor();
  });

  it("is saved under its name when it is a document", async () => {
    await receives({ type: "document", document: { filename: "floor plan.pdf", caption: "As agreed" } });
    const line = newest("floor plan.pdf", "As agreed");
    await line.getByText(/PDF · \d+ kB/).waitFor();
    // In a tab of its own, which the browser closes when the download begins.
    const saved = new Promise<Download>((resolve) => {
      for (const tab of desk.context.pages()) tab.once("download", resolve);
      desk.context.once("page", (tab) => tab.once("download", resolve));
    });
    await line.getByRole("button", { name: "Save floor plan.pdf" }).click();
    expect((await saved).suggestedFilename()).toBe("floor plan.pdf");
  });
});

describe("a message that is no file", () => {
  it.each([
    [
      "a place",
      {
        type: "location",
        location: { latitude: 48.8584, longitude: 2.2945, name: "Tour Eiffel", address: "Paris 7e" },
      },
      ["Tour Eiffel", "Paris 7e", "48.85840, 2.29450", "Open on a map"],
    ],
    [
      "a contact card",
      {
        type: "contacts",
        contacts: [
          {
            name: { formatted_name: "Marie Dupont", first_name: "Marie" },
            phones: [{ phone: "+33 6 12 34 56 78", type: "CELL" }],
            org: { company: "Atelier Nord" },
          },
        ],
      },
      ["Marie Dupont", "Atelier Nord", "+33 6 12 34 56 78"],
    ],
    [
      "an order",
      {
        type: "order",
        order: {
          catalog_id: "1",
          text: "With cushions",
          product_items: [{ product_retailer_id: "chair-oak", quantity: 2, item_price: 129.9, currency: "EUR" }],
        },
      },
      ["Order of 1 item", "2 × chair-oak", "€259.80", "With cushions"],
    ],
    [
      "a form that came back",
      {
        type: "interactive",
        interactive: {
          type: "nfm_reply",
          nfm_reply: { name: "flow", body: "Sent", response_json: '{"delivery_day":"Friday"}' },
        },
      },
      ["Answered form", "Delivery day", "Friday"],
    ],
    [
      "the answer whether we may call",
      {
        type: "interactive",
        interactive: {
          type: "call_permission_reply",
          call_permission_reply: { response: "accept", is_permanent: true, response_source: "user_action" },
        },
      },
      ["Allows calls from you"],
    ],
    ["a new number", { type: "system", system: { type: "user_changed_number", body: "changed" } }, ["new number"]],
    [
      "a poll, which only a phone can show",
      { type: "unsupported", unsupported: { type: "poll_creation" } },
      ["A poll", "WhatsApp shows this on a phone only"],
    ],
    [
      "a kind that nobody knows yet",
      { type: "unsupported", unsupported: { type: "hologram" } },
      ["hologram", "WhatsApp shows this on a phone only"],
    ],
    [
      "words from an advertisement",
      {
        type: "text",
        text: { body: "Is it still there?" },
        referral: { source_url: "https://fb.me/1", source_id: "1", source_type: "ad", headline: "Chairs that last" },
      },
      ["Came from an advertisement", "Chairs that last", "Is it still there?"],
    ],
    [
      "words that were forwarded often",
      { type: "text", text: { body: "Look at this" }, context: { frequently_forwarded: true } },
      ["Forwarded many times", "Look at this"],
    ],
    [
      "a question about a product",
      {
        type: "text",
        text: { body: "In blue?" },
        context: { referred_product: { catalog_id: "1", product_retailer_id: "chair-oak" } },
      },
      ["Asks about a product", "chair-oak", "In blue?"],
    ],
  ])("is shown as what it is: %s", async (_, message, words) => {
    await receives(message);
    await newest(...words).waitFor();
  });

  it("quotes what was tapped", async () => {
    await receives({
      type: "interactive",
      interactive: { type: "list_reply", list_reply: { id: "1", title: "Oak", description: "With armrests" } },
    });
    await newest("Oak", "With armrests").waitFor();
  });
});

describe("a message that speaks of another", () => {
  it("puts a reaction on it, and takes it away", async () => {
    const wamid = await receives({ type: "text", text: { body: "Thursday is fine" } });
    await lineOf(panel, "Thursday is fine").waitFor();
    await receives({ type: "reaction", reaction: { message_id: wamid, emoji: "🎉" } });
    const chip = lineOf(panel, "Thursday is fine").getByRole("img", { name: /reacted with 🎉/ });
    await chip.waitFor();
    await receives({ type: "reaction", reaction: { message_id: wamid } });
    await chip.waitFor({ state: "detached" });
  });

  it("changes its words, and says so", async () => {
    const wamid = await receives({ type: "text", text: { body: "I meant Wednesday" } });
    await lineOf(panel, "I meant Wednesday").waitFor();
    await receives({
      type: "edit",
      edit: { original_message_id: wamid, message: { type: "text", text: { body: "I meant Friday" } } },
    });
    await newest("I meant Friday", "Edited").waitFor();
    expect(await lineOf(panel, "I meant Wednesday").count()).toBe(0);
  });

  it("takes it back", async () => {
    const wamid = await receives({ type: "text", text: { body: "My card is 1234" } });
    await lineOf(panel, "My card is 1234").waitFor();
    await receives({ type: "revoke", revoke: { original_message_id: wamid } });
    await newest("This message was deleted").waitFor();
    expect(await lineOf(panel, "My card is 1234").count()).toBe(0);
  });
});

it("axe finds nothing wrong with any of them", async () => {
  expect(await axeViolations(panel.frame)).toEqual([]);
});
