import { describe, expect, it } from "vitest";
import type { MessageFact } from "./facts.ts";
import { readWebhook } from "./webhook.ts";

const head = { from: "15550100042", from_user_id: "US.42", id: "wamid.IN", timestamp: "1795305600" };

function facts(part: object) {
  const value = { metadata: { phone_number_id: "81" }, messages: [{ ...head, ...part }] };
  const entry = [{ id: "71", changes: [{ field: "messages", value }] }];
  return readWebhook(JSON.stringify({ object: "whatsapp_business_account", entry })).facts;
}

function message(part: object): MessageFact {
  const [fact] = facts(part);
  if (fact?.kind !== "message") throw new Error(`read as ${fact?.kind ?? "nothing"}`);
  return fact;
}

const hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const base64 = Buffer.from(hex, "hex").toString("base64");

describe("files", () => {
  it("a picture with its words", () => {
    const image = { id: "1037", mime_type: "image/jpeg", sha256: base64, url: "https://x", caption: "the roof" };
    expect(message({ type: "image", image })).toMatchObject({
      content: { kind: "media", media: "image", fileId: "1037", fileName: null, caption: "the roof", voice: false },
      files: [{ id: "1037", mimeType: "image/jpeg", sha256: hex, fileName: null, animated: false }],
    });
  });

  it("a video, a document by its name, a spoken message, a moving sticker", () => {
    expect(
      message({ type: "video", video: { id: "1", mime_type: "video/mp4", sha256: hex.toUpperCase() } }),
    ).toMatchObject({
      content: { media: "video", caption: null },
      files: [{ sha256: hex }],
    });
    expect(message({ type: "document", document: { id: "2", filename: "plan.pdf", caption: "v2" } })).toMatchObject({
      content: { media: "document", fileName: "plan.pdf", caption: "v2" },
      files: [{ mimeType: "application/octet-stream", sha256: null, fileName: "plan.pdf" }],
    });
    const audio = { id: "3", mime_type: "audio/ogg; codecs=opus", voice: true };
    expect(message({ type: "audio", audio })).toMatchObject({ content: { media: "audio", voice: true } });
    const sticker = { id: "4", mime_type: "image/webp", animated: true, sha256: "nonsense" };
    expect(message({ type: "sticker", sticker })).toMatchObject({
      content: { media: "sticker" },
      files: [{ animated: true, sha256: null }],
    });
  });

  it.each(["../../etc/passwd", "a b", "", "x".repeat(129), null])("never under the id %j; the words remain", (id) => {
    expect(message({ type: "image", image: { id, caption: "the roof" } })).toMatchObject({
      content: { kind: "other", type: "image", caption: "the roof" },
      files: [],
    });
  });
});

describe("places, people and orders", () => {
  it("a place, named or not", () => {
    const location = { latitude: 48.8566, longitude: "2.3522", name: "Paris", address: "Île", url: "https://x" };
    expect(message({ type: "location", location }).content).toEqual({
      kind: "location",
      latitude: 48.8566,
      longitude: 2.3522,
      name: "Paris",
      address: "Île",
    });
    expect(message({ type: "location", location: { latitude: -90, longitude: 180 } }).content).toMatchObject({
      name: null,
      address: null,
    });
    expect(facts({ type: "location", location: { latitude: 91, longitude: 0 } })).toMatchObject([{ kind: "unknown" }]);
  });

  it("contact cards, and the answer to a request for the number", () => {
    const full = {
      name: { formatted_name: "Dana Fixture", first_name: "Dana" },
      phones: [{ phone: "+1 555 010 0042", wa_id: "15550100042", type: "CELL" }, "?", { wa_id: "15550100043" }, {}],
      emails: [{ email: "dana@example.com", type: "WORK" }],
      org: { company: "Acme", department: "Sales", title: "Head" },
      addresses: [{ street: "1 Rue X", city: "Paris", zip: "75001", country: "France", type: "HOME" }, {}],
      urls: [{ url: "https://example.com", type: "WORK" }],
      birthday: "1990-02-28",
      origin: "contact_request",
    };
    const bare = { name: { first_name: "Al", last_name: "Ba" }, birthday: "soon" };
    expect(message({ type: "contacts", contacts: [full, 7, bare, { phones: [{ phone: "112" }] }] }).content).toEqual({
      kind: "contacts",
      cards: [
        {
          name: "Dana Fixture",
          phones: [
            { number: "+1 555 010 0042", label: "CELL" },
            { number: "+15550100043", label: null },
          ],
          emails: [{ email: "dana@example.com", label: "WORK" }],
          organization: "Acme",
          title: "Head",
          addresses: ["1 Rue X, Paris, 75001, France"],
          urls: ["https://example.com"],
          birthday: "1990-02-28",
          requested: true,
        },
        expect.objectContaining({ name: "Al Ba", phones: [], birthday: null, requested: false }),
        expect.objectContaining({ name: "112" }),
      ],
    });
  });

  it("an order, with prices as numbers or as text", () => {
    const product_items = [
      { product_retailer_id: "sku-1", quantity: 2, item_price: 9.5, currency: "EUR" },
      { product_retailer_id: "sku-2", quantity: "1", item_price: "3", currency: "EUR" },
    ];
    expect(message({ type: "order", order: { catalog_id: "77", text: "asap", product_items } }).content).toEqual({
      kind: "order",
      text: "asap",
      catalogId: "77",
      items: [
        { productId: "sku-1", quantity: 2, price: 9.5, currency: "EUR" },
        { productId: "sku-2", quantity: 1, price: 3, currency: "EUR" },
      ],
    });
  });
});

describe("answers to what we sent", () => {
  it.each([
    [
      "a template button",
      { type: "button", button: { payload: "YES_1", text: "Yes" } },
      { kind: "button_reply", text: "Yes", payload: "YES_1", description: null },
    ],
    [
      "a reply button",
      { type: "interactive", interactive: { type: "button_reply", button_reply: { id: "a", title: "Morning" } } },
      { kind: "button_reply", text: "Morning", payload: "a", description: null },
    ],
    [
      "a list choice",
      {
        type: "interactive",
        interactive: { type: "list_reply", list_reply: { id: "b", title: "Noon", description: "12" } },
      },
      { kind: "button_reply", text: "Noon", payload: "b", description: "12" },
    ],
    [
      "a flow",
      nfm("flow", "Sent", {
        flow_token: "unused",
        day: "Monday",
        guests: 3,
        extras: ["tea", "cake"],
        ok: true,
        no: null,
      }),
      {
        kind: "form_reply",
        text: "Sent",
        answers: [
          { name: "day", value: "Monday" },
          { name: "guests", value: "3" },
          { name: "extras", value: "tea, cake" },
          { name: "ok", value: "true" },
        ],
      },
    ],
    [
      "an address",
      nfm("address_message", "Dana\n1 Main", {
        saved_address_id: "A1",
        values: { name: "Dana", in_pin_code: "400063" },
      }),
      {
        kind: "form_reply",
        text: "Dana\n1 Main",
        answers: [
          { name: "saved_address_id", value: "A1" },
          { name: "name", value: "Dana" },
          { name: "in_pin_code", value: "400063" },
        ],
      },
    ],
    [
      "a form whose answers are no JSON",
      { type: "interactive", interactive: { type: "nfm_reply", nfm_reply: { response_json: "{" } } },
      { kind: "form_reply", text: "", answers: [{ name: "response_json", value: "{" }] },
    ],
    [
      "a yes to calls, for a week",
      call({ response: "accept", expiration_timestamp: 1795305600, response_source: "user_action" }),
      { kind: "call_permission", granted: true, until: "2026-11-22T00:00:00.000Z" },
    ],
    [
      "a yes to calls, for ever",
      call({ response: "accept", expiration_timestamp: "1795305600", is_permanent: true }),
      { kind: "call_permission", granted: true, until: null },
    ],
    ["a no to calls", call({ response: "reject" }), { kind: "call_permission", granted: false, until: null }],
    [
      "an interactive answer of tomorrow",
      { type: "interactive", interactive: { type: "wave_reply", wave_reply: {} } },
      { kind: "other", type: "interactive", caption: null },
    ],
  ])("reads %s", (_what, part, content) => {
    expect(message(part).content).toEqual(content);
  });

  function nfm(name: string, body: string, answers: object) {
    const nfm_reply = { name, body, response_json: JSON.stringify(answers) };
    return { type: "interactive", interactive: { type: "nfm_reply", nfm_reply } };
  }

  function call(call_permission_reply: object) {
    return { type: "interactive", interactive: { type: "call_permission_reply", call_permission_reply } };
  }
});

describe("messages about other messages", () => {
  it("a reaction, and one taken back in either spelling", () => {
    expect(message({ type: "reaction", reaction: { message_id: "wamid.OUT", emoji: "👍🏽" } })).toMatchObject({
      content: { kind: "reaction", emoji: "👍🏽" },
      aboutWamid: "wamid.OUT",
    });
    for (const reaction of [{ message_id: "wamid.OUT" }, { message_id: "wamid.OUT", emoji: "" }]) {
      expect(message({ type: "reaction", reaction }).content).toEqual({ kind: "reaction", emoji: null });
    }
  });

  it("new words, with the file that they belong to", () => {
    const image = { id: "9", mime_type: "image/png", caption: "new words" };
    const edit = { original_message_id: "wamid.OLD", message: { type: "image", image } };
    expect(message({ type: "edit", edit })).toMatchObject({
      content: { kind: "edit", content: { kind: "media", fileId: "9", caption: "new words" } },
      files: [{ id: "9" }],
      aboutWamid: "wamid.OLD",
    });
    const nested = { original_message_id: "wamid.OLD", message: { type: "edit", edit } };
    expect(facts({ type: "edit", edit: nested })).toMatchObject([{ kind: "unknown", type: "message" }]);
  });

  it("a message taken back", () => {
    expect(message({ type: "revoke", revoke: { original_message_id: "wamid.OLD" } })).toMatchObject({
      content: { kind: "deleted" },
      aboutWamid: "wamid.OLD",
    });
  });
});

describe("what only a phone can show", () => {
  it.each([
    [{ type: "unsupported", unsupported: { type: "poll_creation" }, errors: [{ code: 131051 }] }, "poll_creation"],
    [{ type: "unsupported", errors: [{ code: 131051 }] }, "unsupported"],
    [{ type: "request_welcome" }, "request_welcome"],
    [{ type: "hologram", hologram: [] }, "hologram"],
    [{ type: "__proto__" }, "__proto__"],
    [{ type: "constructor" }, "constructor"],
  ])("keeps Meta's word: %j", (part, type) => {
    expect(message(part).content).toEqual({ kind: "other", type, caption: null });
  });
});

describe("what stands around a message", () => {
  const text = { type: "text", text: { body: "hi" } };

  it("a quoted message", () => {
    expect(message({ ...text, context: { from: "15550100001", id: "wamid.OUT" } })).toMatchObject({
      replyToWamid: "wamid.OUT",
      context: null,
    });
  });

  it("how often it was forwarded", () => {
    expect(message({ ...text, context: { forwarded: true } }).context?.forwarded).toBe("once");
    expect(message({ ...text, context: { frequently_forwarded: true } }).context?.forwarded).toBe("often");
    expect(message({ ...text, context: { forwarded: "?" } }).context).toBeNull();
  });

  it("the product that it asks about, and the advertisement that it came from", () => {
    const referred_product = { catalog_id: "77", product_retailer_id: "sku-1" };
    const referral = {
      source_url: "https://fb.me/x",
      source_id: "120",
      source_type: "post",
      headline: "Spring",
      body: "Come in",
      media_type: "image",
      ctwa_clid: "clid",
    };
    expect(message({ ...text, context: { from: "1", id: "wamid.P", referred_product }, referral })).toMatchObject({
      replyToWamid: "wamid.P",
      context: {
        forwarded: "no",
        product: { catalogId: "77", productId: "sku-1" },
        referral: {
          source: "post",
          sourceId: "120",
          url: "https://fb.me/x",
          headline: "Spring",
          body: "Come in",
          clickId: "clid",
        },
      },
    });
    expect(message({ ...text, referral: {} }).context?.referral).toMatchObject({ source: "ad", clickId: null });
  });
});
