import { SAMPLES } from "@aparte/simulators/whatsapp/media/samples.ts";
import { CUSTOMER } from "@aparte/simulators/whatsapp/testing/open-simulator.ts";
import { openWatched, type WatchedSimulator } from "@aparte/simulators/whatsapp/testing/watched-simulator.ts";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { until } from "@aparte/launch/until.ts";
import { axeViolations } from "../support/axe.ts";

const HOSTILE = `<img src=x onerror="document.title='run'"><b>&amp;"'`;

let sim: WatchedSimulator;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const { executablePath, env } = inject("chromium");
  browser = await chromium.launch({ executablePath, ...(env === undefined ? {} : { env }), args: ["--no-sandbox"] });
  sim = await openWatched({ autoStatuses: { sent_ms: 0, delivered_ms: 0, read_ms: 600_000 } });
  page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`${sim.url}/phone?wa_id=${CUSTOMER}`);
  await page.getByText("No messages yet").waitFor();
});
afterAll(async () => {
  await browser?.close();
  await sim?.close();
});
beforeEach(() => void sim.receiver.received.splice(0));

/** What the business hears, one message after the other, once so many have come. */
const written = async (count = 1) => {
  await until("the business has heard it", () => Promise.resolve(heard().length >= count));
  return heard();
};
const heard = () => sim.heard("messages").flatMap(({ value }) => (value.messages ?? []) as Record<string, unknown>[]);
const button = (name: string | RegExp) => page.getByRole("button", { name });
const fromBusiness = async (message: Record<string, unknown>, shows: string) => {
  expect((await sim.send(message)).body).not.toHaveProperty("error");
  await page.getByText(shows).last().waitFor();
};
const ask = (type: string, body: string, action: object) =>
  fromBusiness({ type: "interactive", interactive: { type, body: { text: body }, action } }, body);

describe("the customer sends", () => {
  it("text, and each kind of the sheet", async () => {
    await page.getByLabel("Message", { exact: true }).fill("Hello");
    await button("Send message").click();
    await written(1);
    const kinds = ["Photo", "Video", "Voice message", "Document", "Sticker", "Location", "Contact", "Order", "Poll"];
    for (const [index, kind] of kinds.entries()) {
      await button("Send something else").click();
      await page.locator("dialog").getByRole("button", { name: kind, exact: true }).click();
      await written(index + 2);
    }
    expect(heard().map(({ type }) => type)).toEqual([
      "text",
      "image",
      "video",
      "audio",
      "document",
      "sticker",
      "location",
      "contacts",
      "order",
      "unsupported",
    ]);
    await page.getByRole("img", { name: "Photo" }).waitFor();
    await page.getByLabel("Voice message", { exact: true }).waitFor();
    await page.getByText("page.pdf").waitFor();
    await page.getByText("Léa Martin").waitFor();
  });

  it("a file of their own", async () => {
    const buffer = Buffer.from("name;price\n");
    await page.setInputFiles("#file", { name: "prices.csv", mimeType: "text/csv", buffer });
    expect(await written()).toMatchObject([{ document: { filename: "prices.csv", mime_type: "text/csv" } }]);
  });

  it("a reaction, an answer, another wording, and takes a message back", async () => {
    await page.getByLabel("Message", { exact: true }).fill("Frist");
    await button("Send message").click();
    const [{ id } = {}] = await written();
    const act = async (name: string) => {
      await button(/^Do something with: (?:Frist|First)/u).click();
      await page.locator("dialog").getByRole("button", { name, exact: true }).click();
    };
    await act("🙏");
    await act("Edit");
    await page.getByLabel("Message", { exact: true }).fill("First");
    await button("Send message").click();
    await page.getByText("Edited").waitFor();
    await act("Reply");
    await page.getByLabel("Message", { exact: true }).fill("Second");
    await button("Send message").click();
    await written(4);
    await act("Delete for everyone");
    await page.getByText("You deleted this message").waitFor();
    expect((await written(5)).slice(1)).toMatchObject([
      { type: "reaction", reaction: { message_id: id, emoji: "🙏" } },
      { type: "edit", edit: { original_message_id: id, message: { text: { body: "First" } } } },
      { type: "text", text: { body: "Second" }, context: { id } },
      { type: "revoke", revoke: { original_message_id: id } },
    ]);
  });
});

describe("the customer answers by a tap", () => {
  it("on a button, a row and a form", async () => {
    await ask("button", "Which day?", { buttons: [{ type: "reply", reply: { id: "mon", title: "Monday" } }] });
    await button("Monday").click();
    await written(1);
    const rows = [{ id: "9", title: "09:00", description: "with Zoé" }];
    await ask("list", "Which hour?", { button: "Hours", sections: [{ title: "Morning", rows }] });
    await button("Hours").click();
    await button(/09:00/u).click();
    await written(2);
    const parameters = { flow_message_version: "3", flow_id: "1", flow_cta: "Fill in", flow_token: "t" };
    await ask("flow", "Who are you?", { name: "flow", parameters });
    await button("Fill in").click();
    await page.getByLabel("name", { exact: true }).fill("Ana");
    await page.getByLabel("wish").fill("A lamp");
    await page.locator("dialog").getByRole("button", { name: "Send" }).click();
    expect(await written(3)).toMatchObject([
      { interactive: { button_reply: { id: "mon", title: "Monday" } } },
      { interactive: { list_reply: rows[0] } },
      { interactive: { nfm_reply: { response_json: '{"flow_token":"t","name":"Ana","wish":"A lamp"}' } } },
    ]);
  });
});

describe("hostile text stays text", () => {
  it("in words, captions, file names, buttons, contacts, places and names", async () => {
    const { id } = (await sim.upload(SAMPLES.document)).body;
    await sim.post(`/_sim/people/${CUSTOMER}`, { name: HOSTILE });
    await fromBusiness({ type: "text", text: { body: HOSTILE } }, HOSTILE);
    await fromBusiness(
      { type: "document", document: { id, caption: HOSTILE, filename: "<i>x</i>.pdf" } },
      "<i>x</i>.pdf",
    );
    const name = { formatted_name: HOSTILE, first_name: "x" };
    await fromBusiness({ type: "contacts", contacts: [{ name }] }, HOSTILE);
    const place = { latitude: 1, longitude: 2, name: `${HOSTILE} place`, address: HOSTILE };
    await fromBusiness({ type: "location", location: place }, `${HOSTILE} place`);
    await ask("button", `${HOSTILE} button`, { buttons: [{ type: "reply", reply: { id: "x", title: "<s>x</s>" } }] });
    await button("<s>x</s>").waitFor();
    await page.reload();
    await page.getByText(`${HOSTILE} place`).waitFor();
    expect(await page.title()).toBe("The customer's phone");
    expect(await page.locator('img[src="x"], .log i, .log s, .log b').count()).toBe(0);
  });
});

it.each(["light", "dark"] as const)("axe finds nothing, with every kind in view: %s", async (colorScheme) => {
  await page.emulateMedia({ colorScheme });
  expect(await axeViolations(page)).toEqual([]);
  await button("Send something else").click();
  expect(await axeViolations(page)).toEqual([]);
  await button("Close").click();
});
