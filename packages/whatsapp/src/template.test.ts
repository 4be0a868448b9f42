import { templateVariables } from "@aparte/core/template-variables.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { templateComponents } from "./template-components.ts";
import { readTemplate } from "./template.ts";

const head = {
  id: "910000000000000017",
  name: "visit_reminder",
  language: "en_US",
  category: "UTILITY",
  status: "APPROVED",
};

const named = {
  ...head,
  rejected_reason: "NONE",
  quality_score: { score: "GREEN", date: 1_793_000_000 },
  correct_category: "MARKETING",
  parameter_format: "NAMED",
  components: [
    {
      type: "HEADER",
      format: "TEXT",
      text: "Visit {{visit_no}}",
      example: { header_text_named_params: [{ param_name: "visit_no", example: "17" }] },
    },
    {
      type: "BODY",
      text: "Hello {{first_name}}, your visit is on {{when}} as agreed.",
      example: {
        body_text_named_params: [
          { param_name: "first_name", example: "Dana" },
          { param_name: "when", example: "Mon 10:00" },
        ],
      },
    },
    { type: "FOOTER", text: "Reply STOP to opt out" },
    {
      type: "BUTTONS",
      buttons: [
        { type: "URL", text: "Details", url: "https://example.com/v/{{1}}", example: ["https://example.com/v/abc"] },
        { type: "QUICK_REPLY", text: "Confirm" },
        { type: "PHONE_NUMBER", text: "Call", phone_number: "+15550100001" },
        { type: "COPY_CODE", text: "Copy offer code", example: "SPRING" },
        { type: "URL", text: "Site", url: "https://example.com" },
      ],
    },
  ],
};

const noFiles = new Map<string, string>();

const positional = {
  ...head,
  components: [
    { type: "header", format: "text", text: "For {{1}}", example: { header_text: ["Dana"] } },
    { type: "body", text: "Second {{2}}, first {{1}} then {{10}}.", example: { body_text: [["one", "two"]] } },
  ],
};

describe("reading a template", () => {
  it("reads named variables with their samples", () => {
    const template = readTemplate(named);
    expect(template).toEqual({
      metaId: "910000000000000017",
      name: "visit_reminder",
      language: "en_US",
      category: "UTILITY",
      status: "APPROVED",
      rejectedReason: null,
      quality: "GREEN",
      upcomingCategory: "MARKETING",
      unsupported: [],
      shape: {
        header: "Visit {{visit_no}}",
        headerMedia: null,
        offer: null,
        cards: [],
        body: "Hello {{first_name}}, your visit is on {{when}} as agreed.",
        footer: "Reply STOP to opt out",
        buttons: [
          { type: "url", text: "Details", url: "https://example.com/v/{{1}}" },
          { type: "quick_reply", text: "Confirm" },
          { type: "phone_number", text: "Call", phone: "+15550100001" },
          { type: "copy_code", text: "Copy offer code" },
          { type: "url", text: "Site", url: "https://example.com" },
        ],
        parameterFormat: "NAMED",
        examples: {
          "header.visit_no": "17",
          "body.first_name": "Dana",
          "body.when": "Mon 10:00",
          "button0.1": "abc",
          "button3.code": "SPRING",
        },
      },
    });
    expect(templateVariables(template?.shape ?? expect.fail()).map(({ example }) => example)).not.toContain(null);
  });

  it("reads numbered variables, in either case, without a format", () => {
    expect(readTemplate(positional)).toMatchObject({
      shape: {
        header: "For {{1}}",
        footer: null,
        parameterFormat: "POSITIONAL",
        examples: { "header.1": "Dana", "body.1": "one", "body.2": "two" },
      },
    });
  });

  it("keeps what it does not know and says what it cannot fill", () => {
    const components = [
      { type: "HEADER", format: "PRODUCT" },
      { type: "BODY", text: "Hi" },
      { type: "CAROUSEL", cards: [] },
      { type: "LIMITED_TIME_OFFER" },
      { type: "CALL_PERMISSION_REQUEST" },
      "nonsense",
      { type: "BUTTONS", buttons: [{ type: "CATALOG", text: "Shop" }, { type: "MPM", text: "View" }, 7] },
    ];
    expect(readTemplate({ ...head, status: "REJECTED", rejected_reason: "SCAM", components })).toMatchObject({
      status: "REJECTED",
      rejectedReason: "SCAM",
      unsupported: [
        "CALL_PERMISSION_REQUEST",
        "UNREADABLE",
        "HEADER:PRODUCT",
        "BUTTON:MPM",
        "BUTTON:UNREADABLE",
        "LIMITED_TIME_OFFER",
        "CAROUSEL",
      ],
      shape: {
        header: null,
        headerMedia: null,
        offer: null,
        cards: [],
        body: "Hi",
        buttons: [
          { type: "other", text: "Shop", wire: "CATALOG" },
          { type: "other", text: "View", wire: "MPM" },
          { type: "other", text: "", wire: "UNREADABLE" },
        ],
      },
    });
    expect(readTemplate({ ...head, components: [] })?.unsupported).toEqual(["BODY"]);
  });

  it("reads samples that are only the end of the address", () => {
    const buttons = [{ type: "URL", text: "Go", url: "https://example.com/{{1}}", example: "abc" }];
    const components = [
      { type: "BODY", text: "Hi" },
      { type: "BUTTONS", buttons },
    ];
    expect(readTemplate({ ...head, components })?.shape.examples).toEqual({ "button0.1": "abc" });
  });

  it("refuses what has no identity, category or status that is known", () => {
    for (const key of ["id", "name", "language", "category", "status", "components"]) {
      expect(readTemplate({ ...named, [key]: undefined })).toBeNull();
    }
    expect(readTemplate({ ...named, status: "TOMORROW" })).toBeNull();
  });

  it("never throws", () => {
    const components = fc.array(
      fc.record({
        type: fc.constantFrom("BODY", "BUTTONS", "HEADER"),
        buttons: fc.jsonValue(),
        text: fc.jsonValue(),
        example: fc.jsonValue(),
      }),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          components.map((list) => ({ ...head, components: list })),
        ),
        (wire) => {
          readTemplate(wire);
        },
      ),
    );
  });
});

describe("filling a template", () => {
  it("names the parameters of a named template and gives buttons only their own part", () => {
    const template = readTemplate(named) ?? expect.fail();
    expect(templateComponents(template.shape, template.shape.examples, noFiles)).toEqual([
      { type: "header", parameters: [{ type: "text", parameter_name: "visit_no", text: "17" }] },
      {
        type: "body",
        parameters: [
          { type: "text", parameter_name: "first_name", text: "Dana" },
          { type: "text", parameter_name: "when", text: "Mon 10:00" },
        ],
      },
      { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "abc" }] },
      {
        type: "button",
        sub_type: "copy_code",
        index: "3",
        parameters: [{ type: "coupon_code", coupon_code: "SPRING" }],
      },
    ]);
  });

  it("puts numbered values in the order of their numbers, not of the text", () => {
    const { shape } = readTemplate(positional) ?? expect.fail();
    const values = { "header.1": "h", "body.1": "a", "body.2": "b", "body.10": "j" };
    expect(templateComponents(shape, values, noFiles)).toEqual([
      { type: "header", parameters: [{ type: "text", text: "h" }] },
      {
        type: "body",
        parameters: [
          { type: "text", text: "a" },
          { type: "text", text: "b" },
          { type: "text", text: "j" },
        ],
      },
    ]);
  });

  it("sends nothing for a template without variables and stops on a missing value", () => {
    const fixed = readTemplate({ ...head, components: [{ type: "BODY", text: "Hi" }] }) ?? expect.fail();
    expect(templateComponents(fixed.shape, {}, noFiles)).toEqual([]);
    const { shape } = readTemplate(positional) ?? expect.fail();
    expect(() => templateComponents(shape, { "header.1": "h", "body.1": "a" }, noFiles)).toThrow("body.2");
  });
});
