import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CUSTOMER, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";
import { openReceiver } from "../testing/webhook-receiver.ts";
import type { Receiver } from "../testing/webhook-receiver.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

let sim: OpenSimulator;
let receiver: Receiver;
beforeEach(async () => {
  sim = await openSimulator();
  receiver = await openReceiver("verify");
  await sim.post(`/v26.0/${sim.identity.waba_id}/subscribed_apps`, {
    override_callback_uri: receiver.url,
    verify_token: "verify",
  });
});
afterEach(async () => {
  await sim.close();
  await receiver.close();
});

const write = (message: Record<string, unknown>) =>
  sim.post("/_sim/inbound", { phone_number_id: sim.identity.phone_number_id, from: CUSTOMER, ...message });

type Value = { contacts?: Record<string, unknown>[]; messages: Record<string, unknown>[] };
const heard = async (count = 1): Promise<Value[]> =>
  (await receiver.until(count)).map(({ body }) => body.entry[0]?.changes[0]?.value as unknown as Value);
/** What the app hears of one message. */
const hear = async (message: Record<string, unknown>): Promise<Record<string, unknown> | undefined> => {
  expect(await write(message)).toMatchObject({ status: 200 });
  return (await heard()).at(-1)?.messages[0];
};

const WORDS: [string, Record<string, unknown>][] = [
  ["text", { text: { body: "hi" } }],
  ["location", { location: { latitude: 48.85, longitude: 2.35, name: "Paris", url: "https://a.example" } }],
  [
    "contacts",
    { contacts: [{ name: { formatted_name: "Ana Silva", first_name: "Ana" }, origin: "other", vcard: "BEGIN:VCARD" }] },
  ],
  ["button", { button: { payload: "yes", text: "Yes" }, context: { from: "33199004210", id: "wamid.A" } }],
  ["interactive", { interactive: { type: "button_reply", button_reply: { id: "a", title: "A" } } }],
  ["interactive", { interactive: { type: "list_reply", list_reply: { id: "a", title: "A", description: "B" } } }],
  [
    "interactive",
    {
      interactive: {
        type: "nfm_reply",
        nfm_reply: { name: "flow", body: "Sent", response_json: '{"flow_token":"t"}' },
      },
    },
  ],
  [
    "interactive",
    {
      interactive: {
        type: "call_permission_reply",
        call_permission_reply: {
          response: "accept",
          expiration_timestamp: "1795305600",
          response_source: "user_action",
        },
      },
    },
  ],
  ["reaction", { reaction: { message_id: "wamid.A", emoji: "👍" } }],
  ["reaction", { reaction: { message_id: "wamid.A" } }],
  [
    "order",
    {
      order: {
        catalog_id: "12",
        text: "please",
        product_items: [{ product_retailer_id: "di9", quantity: 2, item_price: 30, currency: "EUR" }],
      },
    },
  ],
  ["edit", { edit: { original_message_id: "wamid.A", message: { type: "text", text: { body: "better" } } } }],
  ["revoke", { revoke: { original_message_id: "wamid.A" } }],
  ["unsupported", { unsupported: { type: "poll_creation" }, errors: [{ code: 131060, title: "Unavailable" }] }],
  ["text", { text: { body: "hi" }, context: { frequently_forwarded: true } }],
  ["text", { text: { body: "hi" }, group_id: "Y2FwaV9ncm91cDox" }],
  [
    "text",
    {
      text: { body: "this?" },
      context: {
        from: "33199004210",
        id: "wamid.A",
        referred_product: { catalog_id: "1", product_retailer_id: "di9" },
      },
    },
  ],
  [
    "text",
    {
      text: { body: "hi" },
      referral: {
        source_type: "ad",
        source_id: "12",
        source_url: "https://fb.me/a",
        headline: "Lamps",
        ctwa_clid: "c",
      },
    },
  ],
];

describe("a person writes", () => {
  it.each(WORDS)("%s %j", async (type, message) => {
    expect(await hear({ type, ...message })).toEqual({
      from: CUSTOMER,
      from_user_id: expect.stringMatching(/^FR\.\d{20}$/u),
      id: expect.stringMatching(/^wamid\./u),
      timestamp: expect.stringMatching(/^\d{10}$/u),
      type,
      ...message,
    });
  });

  it("a system message, without contacts", async () => {
    await write({ type: "system", system: { type: "customer_identity_changed", body: "New key" }, identity: {} });
    expect((await heard())[0]?.contacts).toBeUndefined();
  });

  it("a kind that nobody knows yet", async () => {
    expect(await hear({ type: "hologram", hologram: { depth: 3 } })).toMatchObject({ hologram: { depth: 3 } });
  });

  it("says that a kind is unsupported when told no more", async () => {
    expect(await hear({ type: "unsupported" })).toMatchObject({ errors: [{ code: 131051 }] });
  });
});

describe("a person sends a medium", () => {
  const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("base64");
  const bytesOf = async (url: unknown): Promise<Uint8Array> => {
    const answer = await fetch(String(url), { headers: { authorization: `Bearer ${sim.identity.access_token}` } });
    expect(answer.status).toBe(200);
    return answer.bytes();
  };

  it.each([
    ["image", "image/jpeg", {}],
    ["video", "video/mp4", {}],
    ["audio", "audio/ogg; codecs=opus", { voice: true }],
    ["document", "application/pdf", { filename: "page.pdf" }],
    ["sticker", "image/webp", { animated: false }],
  ])("a sample %s", async (type, mime_type, facts) => {
    const medium = (await hear({ type, [type]: {} }))?.[type] as Record<string, unknown>;
    expect(medium).toEqual({
      id: expect.stringMatching(/^\d+$/u),
      mime_type,
      sha256: medium.sha256,
      url: medium.url,
      ...facts,
    });
    expect(digestOf(await bytesOf(medium.url))).toBe(medium.sha256);
  });

  it("of its own bytes, with a caption and a name", async () => {
    const bytes = Buffer.from("name;price\nlamp;30\n");
    const document = { base64: bytes.toString("base64"), mime_type: "text/csv", filename: "é.csv", caption: "Prices" };
    const said = (await hear({ type: "document", document }))?.document as Record<string, unknown>;
    expect(said).toMatchObject({
      filename: "é.csv",
      caption: "Prices",
      mime_type: "text/csv",
      sha256: digestOf(bytes),
    });
    expect(said).not.toHaveProperty("base64");
    expect(Buffer.from(await bytesOf(said.url))).toEqual(bytes);
  });

  it("that nobody can fetch, when told its id", async () => {
    const image = { id: "999", mime_type: "image/jpeg", sha256: "q83v" };
    expect((await hear({ type: "image", image }))?.image).toEqual(image);
  });
});

describe("what makes no sense is refused", () => {
  it.each<[string, Record<string, unknown>]>([
    ["text", {}],
    ["text", { text: { body: "" } }],
    ["location", { location: { latitude: 91, longitude: 0 } }],
    ["contacts", { contacts: [] }],
    ["interactive", { interactive: { type: "nfm_reply", nfm_reply: { response_json: "{" } } }],
    ["interactive", { interactive: { type: "unheard_of" } }],
    ["image", { image: { base64: "" } }],
    ["image", { image: { sample: "cat" } }],
    ["order", { order: { catalog_id: "1", product_items: [] } }],
    ["edit", { edit: { original_message_id: "wamid.A", message: { type: "sticker", sticker: {} } } }],
    ["text", { text: { body: "hi" }, context: { forwarded: "yes" } }],
    ["text", { text: { body: "hi" }, referral: { source_type: "dream", source_id: "1", source_url: "u" } }],
  ])("%s %j", async (type, message) => {
    expect(await write({ type, ...message })).toMatchObject({ status: 400, body: { error: expect.any(String) } });
    expect(receiver.received).toHaveLength(0);
  });

  it("an edit after 15 minutes, a deletion after two days, either of somebody else's message", async () => {
    const { id } = (await write({ text: { body: "hi" } })).body;
    const edit = { edit: { original_message_id: id, message: { type: "text", text: { body: "ho" } } }, type: "edit" };
    const revoke = { type: "revoke", revoke: { original_message_id: id } };
    expect((await write({ ...revoke, from: "33639980043" })).status).toBe(409);
    await sim.advance(14 * MINUTE_MS);
    expect((await write(edit)).status).toBe(200);
    await sim.advance(2 * MINUTE_MS);
    expect((await write(edit)).status).toBe(409);
    await sim.advance(47 * HOUR_MS);
    expect((await write(revoke)).status).toBe(200);
    await sim.advance(HOUR_MS);
    expect((await write(revoke)).status).toBe(409);
  });
});

describe("the phone number of a person", () => {
  const shows = async (count: number) => {
    const { contacts, messages } = (await heard(count))[count - 1] ?? expect.unreachable();
    const shown = [contacts?.[0]?.wa_id, messages[0]?.from];
    expect([contacts?.[0]?.user_id, messages[0]?.from_user_id]).toEqual(Array(2).fill(contacts?.[0]?.user_id));
    return shown;
  };
  const both = [CUSTOMER, CUSTOMER];

  it("is shown for 30 days after the last contact by it once there is a username", async () => {
    await sim.hear("hi");
    await sim.post(`/_sim/people/${CUSTOMER}`, { username: "ana.s" });
    await sim.advance(29 * DAY_MS);
    await sim.hear("still there");
    expect(await shows(2)).toEqual(both);
    await sim.advance(31 * DAY_MS);
    await sim.hear("long ago");
    expect(await shows(3)).toEqual([undefined, undefined]);
    await sim.hear("hidden stays hidden");
    expect(await shows(4)).toEqual([undefined, undefined]);
    await sim.send({ type: "text", text: { body: "by number" } });
    await sim.hear("seen again");
    expect(await shows(5)).toEqual(both);
  });

  it("is shown to a business whose contact book holds it, and hidden from the others", async () => {
    await sim.post(`/_sim/people/${CUSTOMER}`, { username: "ana.s" });
    await sim.hear("stranger");
    expect(await shows(1)).toEqual([undefined, undefined]);
    await sim.post(`/_sim/people/${CUSTOMER}`, { contact_book: [sim.identity.business_id] });
    await sim.hear("friend");
    expect(await shows(2)).toEqual(both);
  });
});
