import { contentProblems } from "@aparte/core/content-rules.ts";
import type { FreeContent, InteractiveAction } from "@aparte/core/message-content.ts";
import { describe, expect, it } from "vitest";
import { freeBody, templateBody, type FreeToSend } from "./message-body.ts";

const files = new Map([["f1", "1037"]]);
const around = { callbackData: "our-id", replyToWamid: null, aboutWamid: null, files };
const text = { ...around, content: { kind: "text", text: "Salut 👋" } } as const;

/** The parts of the body that say something about the content. */
function part(content: FreeContent, more: Partial<Pick<FreeToSend, "aboutWamid" | "replyToWamid">> = {}) {
  expect(contentProblems(content)).toEqual([]);
  const { messaging_product, recipient_type, to, biz_opaque_callback_data, ...rest } = freeBody({
    ...around,
    ...more,
    to: "15550100042",
    content,
  });
  expect([messaging_product, recipient_type, to, biz_opaque_callback_data]).toEqual([
    "whatsapp",
    "individual",
    "+15550100042",
    "our-id",
  ]);
  return rest;
}

describe("bodies of sends", () => {
  it("address a phone number with its +, however it is written", () => {
    for (const to of ["15550100042", "+15550100042"]) {
      expect(freeBody({ ...text, to })).toEqual({
        messaging_product: "whatsapp",
        recipient_type: "individual",
        to: "+15550100042",
        type: "text",
        text: { body: "Salut 👋" },
        biz_opaque_callback_data: "our-id",
      });
    }
  });

  it("address a person who hides the number by BSUID alone", () => {
    const body = freeBody({ ...text, recipient: "US.13491208655302741918" });
    expect(body).toMatchObject({ recipient: "US.13491208655302741918" });
    expect(body).not.toHaveProperty("to");
  });

  it("quote a message", () => {
    expect(part(text.content, { replyToWamid: "wamid.1" })).toMatchObject({ context: { message_id: "wamid.1" } });
  });

  it("carry a template with its values", () => {
    const parameters = [{ type: "text", parameter_name: "first_name", text: "Dana" }] as const;
    expect(
      templateBody({
        to: "+15550100042",
        callbackData: "our-id",
        name: "visit_reminder",
        language: "en_US",
        components: [{ type: "body", parameters }],
      }),
    ).toEqual({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: "+15550100042",
      type: "template",
      template: {
        name: "visit_reminder",
        language: { policy: "deterministic", code: "en_US" },
        components: [{ type: "body", parameters }],
      },
      biz_opaque_callback_data: "our-id",
    });
  });

  it("stop before the wire on what Meta would refuse", () => {
    for (const to of ["", "0155501", "call me", "+1 555 0100", "1".repeat(16)]) {
      expect(() => freeBody({ ...text, to })).toThrow("not an international phone number");
    }
    expect(() => freeBody({ ...text, to: "15550100042", callbackData: "x".repeat(513) })).toThrow("512");
    const lost = { kind: "media", media: "image", fileId: "f2", fileName: null, caption: null, voice: false } as const;
    expect(() => part(lost)).toThrow("f2 has no media id");
    expect(() => part({ kind: "reaction", emoji: "👍" })).toThrow("about no message");
  });
});

describe("what a message says", () => {
  it("asks for a preview where there is an address", () => {
    expect(part({ kind: "text", text: "see https://example.com" })).toEqual({
      type: "text",
      text: { body: "see https://example.com", preview_url: true },
    });
    expect(part({ kind: "text", text: "http:// and https" })).toEqual({
      type: "text",
      text: { body: "http:// and https" },
    });
  });

  it.each([
    ["image", { caption: "roof" }, { type: "image", image: { id: "1037", caption: "roof" } }],
    ["video", {}, { type: "video", video: { id: "1037" } }],
    ["audio", { voice: true }, { type: "audio", audio: { id: "1037", voice: true } }],
    ["audio", {}, { type: "audio", audio: { id: "1037" } }],
    [
      "document",
      { caption: "v2", fileName: "plan.pdf" },
      { type: "document", document: { id: "1037", caption: "v2", filename: "plan.pdf" } },
    ],
    ["sticker", {}, { type: "sticker", sticker: { id: "1037" } }],
  ] as const)("a file: %s", (media, more, expected) => {
    const bare = { kind: "media", media, fileId: "f1", fileName: null, caption: null, voice: false } as const;
    expect(part({ ...bare, ...more })).toEqual(expected);
  });

  it("a place", () => {
    const place = { latitude: 48.8566, longitude: 2.3522, name: "Paris", address: "1 Rue X" };
    expect(part({ kind: "location", ...place })).toEqual({ type: "location", location: place });
    expect(part({ kind: "location", ...place, name: null, address: null })).toEqual({
      type: "location",
      location: { latitude: 48.8566, longitude: 2.3522 },
    });
  });

  it("a contact, with the part of the name that Meta asks for", () => {
    const bare = {
      name: "Dana",
      phones: [],
      emails: [],
      organization: null,
      title: null,
      addresses: [],
      urls: [],
      birthday: null,
      requested: false,
    };
    const full = {
      ...bare,
      name: " Dana van Fixture ",
      phones: [{ number: "+15550100042", label: "WORK" }],
      emails: [{ email: "dana@example.com", label: null }],
      organization: "Acme",
      addresses: ["1 Rue X, Paris"],
      urls: ["https://example.com"],
      birthday: "1990-02-28",
    };
    expect(part({ kind: "contacts", cards: [bare, full] })).toEqual({
      type: "contacts",
      contacts: [
        { name: { formatted_name: "Dana", first_name: "Dana" } },
        {
          name: { formatted_name: "Dana van Fixture", first_name: "Dana", last_name: "van Fixture" },
          phones: [{ phone: "+15550100042", type: "WORK" }],
          emails: [{ email: "dana@example.com" }],
          org: { company: "Acme" },
          addresses: [{ street: "1 Rue X, Paris" }],
          urls: [{ url: "https://example.com" }],
          birthday: "1990-02-28",
        },
      ],
    });
  });

  it("a reaction, and one taken back; neither quotes", () => {
    for (const [emoji, sent] of [
      ["👍🏽", "👍🏽"],
      [null, ""],
    ] as const) {
      expect(part({ kind: "reaction", emoji }, { aboutWamid: "wamid.1", replyToWamid: "wamid.2" })).toEqual({
        type: "reaction",
        reaction: { message_id: "wamid.1", emoji: sent },
      });
    }
  });
});

describe("messages that can be tapped", () => {
  const row = { id: "r1", title: "Noon", description: "12:00" };

  it.each<readonly [InteractiveAction, object]>([
    [
      { type: "buttons", buttons: [{ id: "a", title: "Yes" }] },
      { type: "button", action: { buttons: [{ type: "reply", reply: { id: "a", title: "Yes" } }] } },
    ],
    [
      {
        type: "list",
        button: "Times",
        sections: [{ title: null, rows: [row, { ...row, id: "r2", description: null }] }],
      },
      {
        type: "list",
        action: { button: "Times", sections: [{ rows: [row, { id: "r2", title: "Noon" }] }] },
      },
    ],
    [
      { type: "link", button: "Open", url: "https://example.com" },
      {
        type: "cta_url",
        action: { name: "cta_url", parameters: { display_text: "Open", url: "https://example.com" } },
      },
    ],
    [{ type: "location_request" }, { type: "location_request_message", action: { name: "send_location" } }],
    [{ type: "contact_request" }, { type: "request_contact_info", action: { name: "request_contact_info" } }],
    [
      { type: "flow", button: "Book", flowId: "55", screen: "DAY" },
      {
        type: "flow",
        action: {
          name: "flow",
          parameters: {
            flow_message_version: "3",
            flow_id: "55",
            flow_cta: "Book",
            flow_action: "navigate",
            flow_action_payload: { screen: "DAY" },
          },
        },
      },
    ],
    [
      { type: "flow", button: "Book", flowId: "55", screen: null },
      {
        type: "flow",
        action: { name: "flow", parameters: { flow_message_version: "3", flow_id: "55", flow_cta: "Book" } },
      },
    ],
    [
      { type: "product", catalogId: "77", productId: "sku-1" },
      { type: "product", action: { catalog_id: "77", product_retailer_id: "sku-1" } },
    ],
    [
      { type: "catalog", thumbnailProductId: "sku-1" },
      {
        type: "catalog_message",
        action: { name: "catalog_message", parameters: { thumbnail_product_retailer_id: "sku-1" } },
      },
    ],
    [
      { type: "catalog", thumbnailProductId: null },
      { type: "catalog_message", action: { name: "catalog_message" } },
    ],
  ])("%j", (action, expected) => {
    expect(part({ kind: "interactive", header: null, body: "Hi", footer: null, action })).toEqual({
      type: "interactive",
      interactive: { ...expected, body: { text: "Hi" } },
    });
  });

  it("a list of products, under words", () => {
    const action = {
      type: "product_list",
      catalogId: "77",
      sections: [{ title: "New", productIds: ["sku-1"] }],
    } as const;
    const header = { type: "text", text: "Spring" } as const;
    expect(part({ kind: "interactive", header, body: "Hi", footer: "Bye", action })).toMatchObject({
      interactive: {
        type: "product_list",
        header: { type: "text", text: "Spring" },
        footer: { text: "Bye" },
        action: { catalog_id: "77", sections: [{ title: "New", product_items: [{ product_retailer_id: "sku-1" }] }] },
      },
    });
  });

  it("a picture above, and a product without words", () => {
    const buttons = { type: "buttons", buttons: [{ id: "a", title: "Yes" }] } as const;
    const header = { type: "image", fileId: "f1" } as const;
    expect(part({ kind: "interactive", header, body: "Hi", footer: null, action: buttons })).toMatchObject({
      interactive: { header: { type: "image", image: { id: "1037" } } },
    });
    const product = { type: "product", catalogId: "77", productId: "sku-1" } as const;
    expect(part({ kind: "interactive", header: null, body: "", footer: null, action: product })).toEqual({
      type: "interactive",
      interactive: { type: "product", action: { catalog_id: "77", product_retailer_id: "sku-1" } },
    });
  });
});
