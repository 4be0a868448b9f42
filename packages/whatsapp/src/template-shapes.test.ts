import { writePlace } from "@aparte/core/template-values.ts";
import { templateVariables } from "@aparte/core/template-variables.ts";
import { describe, expect, it } from "vitest";
import { templateComponents } from "./template-components.ts";
import { readTemplate, type MetaTemplate } from "./template.ts";

function template(category: string, ...components: readonly object[]): MetaTemplate {
  const read = readTemplate({ id: "1", name: "n", language: "en", category, status: "APPROVED", components });
  return read ?? expect.fail();
}

const body = { type: "BODY", text: "Hi" };
const files = new Map([
  ["file-a", "1001"],
  ["file-b", "1002"],
]);

describe("headers with a file or a place", () => {
  it.each([
    ["IMAGE", { type: "image", image: { id: "1001" } }],
    ["VIDEO", { type: "video", video: { id: "1001" } }],
    ["DOCUMENT", { type: "document", document: { id: "1001" } }],
  ])("%s takes the media id of the file", (format, parameter) => {
    const { shape, unsupported } = template("UTILITY", { type: "HEADER", format }, body);
    expect([shape.headerMedia, shape.header, unsupported]).toEqual([format, null, []]);
    expect(templateComponents(shape, { "header.media": "file-a" }, files)).toEqual([
      { type: "header", parameters: [parameter] },
    ]);
    expect(() => templateComponents(shape, { "header.media": "file-c" }, files)).toThrow("file-c has no media id");
  });

  it("LOCATION takes a place", () => {
    const { shape } = template("UTILITY", { type: "HEADER", format: "LOCATION" }, body);
    const place = { latitude: 48.8566, longitude: 2.3522, name: "Paris", address: "1 Rue X" };
    expect(templateComponents(shape, { "header.location": writePlace(place) }, files)).toEqual([
      { type: "header", parameters: [{ type: "location", location: place }] },
    ]);
    expect(() => templateComponents(shape, { "header.location": '[99,0,"",""]' }, files)).toThrow("no place");
  });
});

describe("an offer", () => {
  const offer = (has_expiration: boolean) => ({
    type: "LIMITED_TIME_OFFER",
    limited_time_offer: { text: "Ends soon", has_expiration },
  });
  const buttons = { type: "BUTTONS", buttons: [{ type: "COPY_CODE", text: "Copy", example: ["SPRING"] }] };

  it("says until when", () => {
    const { shape, unsupported } = template("MARKETING", body, offer(true), buttons);
    expect([shape.offer, unsupported]).toEqual([{ text: "Ends soon", expires: true }, []]);
    const values = { "offer.ends": "2026-11-22T00:00:00.000Z", "button0.code": "SPRING" };
    expect(templateComponents(shape, values, files)).toEqual([
      {
        type: "limited_time_offer",
        parameters: [{ type: "limited_time_offer", limited_time_offer: { expiration_time_ms: 1_795_305_600_000 } }],
      },
      {
        type: "button",
        sub_type: "copy_code",
        index: "0",
        parameters: [{ type: "coupon_code", coupon_code: "SPRING" }],
      },
    ]);
  });

  it("without an end needs no time", () => {
    const { shape } = template("MARKETING", body, offer(false));
    expect(templateComponents(shape, {}, files)).toEqual([]);
  });
});

describe("a carousel", () => {
  const card = (format: string, text = "Room {{1}}") => ({
    components: [
      { type: "HEADER", format, example: { header_handle: ["4::x"] } },
      { type: "BODY", text, example: { body_text: [["12"]] } },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "More" },
          { type: "URL", text: "Book", url: "https://example.com/{{1}}", example: ["https://example.com/r12"] },
        ],
      },
    ],
  });
  const carousel = { type: "CAROUSEL", cards: [card("IMAGE"), card("VIDEO")] };

  it("is read card by card, with samples", () => {
    const { shape, unsupported } = template("MARKETING", body, carousel);
    expect(unsupported).toEqual([]);
    expect(shape.cards).toMatchObject([
      { headerMedia: "IMAGE", body: "Room {{1}}", buttons: [{ type: "quick_reply" }, { type: "url" }] },
      { headerMedia: "VIDEO", body: "Room {{1}}" },
    ]);
    expect(templateVariables(shape).map(({ key, example }) => [key, example])).toEqual([
      ["card0.header.media", null],
      ["card0.body.1", "12"],
      ["card0.button1.1", "r12"],
      ["card1.header.media", null],
      ["card1.body.1", "12"],
      ["card1.button1.1", "r12"],
    ]);
  });

  it("is filled card by card", () => {
    const { shape } = template("MARKETING", { type: "BODY", text: "For {{1}}" }, carousel);
    const values = {
      "body.1": "Dana",
      "card0.header.media": "file-a",
      "card0.body.1": "12",
      "card0.button1.1": "r12",
      "card1.header.media": "file-b",
      "card1.body.1": "14",
      "card1.button1.1": "r14",
    };
    const button = (text: string) => ({
      type: "button",
      sub_type: "url",
      index: "1",
      parameters: [{ type: "text", text }],
    });
    expect(templateComponents(shape, values, files)).toEqual([
      { type: "body", parameters: [{ type: "text", text: "Dana" }] },
      {
        type: "carousel",
        cards: [
          {
            card_index: 0,
            components: [
              { type: "header", parameters: [{ type: "image", image: { id: "1001" } }] },
              { type: "body", parameters: [{ type: "text", text: "12" }] },
              button("r12"),
            ],
          },
          {
            card_index: 1,
            components: [
              { type: "header", parameters: [{ type: "video", video: { id: "1002" } }] },
              { type: "body", parameters: [{ type: "text", text: "14" }] },
              button("r14"),
            ],
          },
        ],
      },
    ]);
  });

  it("of products cannot be filled here", () => {
    const products = { type: "CAROUSEL", cards: [card("PRODUCT"), card("PRODUCT")] };
    expect(template("MARKETING", body, products).unsupported).toEqual(["CARD:HEADER:PRODUCT"]);
  });
});

describe("an authentication template", () => {
  const text = { type: "BODY", text: "*{{1}}* is your verification code.", example: { body_text: [["123456"]] } };
  const stored = { type: "URL", text: "Copy code", url: "https://www.whatsapp.com/otp/code/?code=otp{{1}}" };

  it.each([stored, { type: "OTP", otp_type: "ONE_TAP", text: "Autofill" }])(
    "asks for the code once and sends it twice: %j",
    (button) => {
      const { shape, unsupported } = template("AUTHENTICATION", text, { type: "BUTTONS", buttons: [button] });
      expect(unsupported).toEqual([]);
      expect(templateVariables(shape).map(({ key }) => key)).toEqual(["body.1"]);
      const code = [{ type: "text", text: "271828" }];
      expect(templateComponents(shape, { "body.1": "271828" }, files)).toEqual([
        { type: "body", parameters: code },
        { type: "button", sub_type: "url", index: "0", parameters: code },
      ]);
    },
  );
});

describe("a form behind a button", () => {
  it("is opened at its first screen", () => {
    const { shape, unsupported } = template("UTILITY", body, {
      type: "BUTTONS",
      buttons: [{ type: "FLOW", text: "Go" }],
    });
    expect([shape.buttons, unsupported]).toEqual([[{ type: "flow", text: "Go" }], []]);
    expect(templateComponents(shape, {}, files)).toEqual([
      {
        type: "button",
        sub_type: "flow",
        index: "0",
        parameters: [{ type: "action", action: { flow_token: "unused" } }],
      },
    ]);
  });
});
