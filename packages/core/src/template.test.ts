import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { suggestValues } from "./autofill.ts";
import { bubbleParts, renderTemplate } from "./template-render.ts";
import { valueProblems } from "./template-values.ts";
import { spot, templateVariables } from "./template-variables.ts";
import type { TemplateShape } from "./template.ts";

const shape: TemplateShape = {
  header: "Quote {{quote_number}}",
  headerMedia: null,
  offer: null,
  body: "Hi {{first_name}}, quote {{quote_number}} is ready.",
  footer: "Reply STOP to opt out",
  buttons: [
    { type: "url", text: "Open", url: "https://example.com/q/{{1}}" },
    { type: "copy_code", text: "Copy code" },
  ],
  cards: [],
  parameterFormat: "NAMED",
  examples: { "body.first_name": "Dana" },
};

describe("templates", () => {
  it("finds each variable once per place, in reading order", () => {
    expect(templateVariables(shape).map(({ key, example }) => [key, example])).toEqual([
      ["header.quote_number", null],
      ["body.first_name", "Dana"],
      ["body.quote_number", null],
      ["button0.1", null],
      ["button1.code", null],
    ]);
  });

  it("renders values as they are typed, braces and all", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (value) => {
        expect(renderTemplate(shape, { "body.first_name": value }).body).toBe(
          `Hi ${value}, quote {{quote_number}} is ready.`,
        );
      }),
    );
  });

  it("shows holes by name", () => {
    expect(bubbleParts(shape.body, spot("body"), { "body.first_name": "Ana" })).toEqual([
      { kind: "words", text: "Hi " },
      { kind: "value", text: "Ana", key: "body.first_name" },
      { kind: "words", text: ", quote " },
      { kind: "missing", name: "quote_number", key: "body.quote_number" },
      { kind: "words", text: " is ready." },
    ]);
  });

  it("names missing values and what WhatsApp would refuse", () => {
    const problems = valueProblems(shape, {
      "header.quote_number": "1",
      "body.first_name": "a\tb",
      "body.quote_number": " ",
    });
    expect(problems.map(({ key, rule }) => [key, rule])).toEqual([
      ["body.first_name", "whitespace"],
      ["body.quote_number", "missing"],
      ["button0.1", "missing"],
      ["button1.code", "missing"],
    ]);
  });

  it("asks for shorter values where the filled text would be too long", () => {
    const values = {
      "header.quote_number": "x".repeat(60),
      "body.first_name": "x".repeat(1010),
      "body.quote_number": "x",
      "button0.1": "x".repeat(500),
      "button1.code": "x".repeat(21),
    };
    expect(valueProblems(shape, values).map(({ key, rule }) => [key, rule])).toEqual([
      ["header.quote_number", "too_long"],
      ["body.first_name", "too_long"],
      ["body.quote_number", "too_long"],
      ["button1.code", "too_long"],
    ]);
    expect(valueProblems(shape, { ...values, "body.first_name": "x".repeat(990) })).toHaveLength(2);
  });

  it("proposes values from fields of the record, with their source, and guesses nothing for numbers", () => {
    const fields = [
      { name: "firstname", label: "Contact › First name", value: "Ana" },
      { name: "quote_number", label: "Contact › Quote number", value: "" },
      { name: "1", label: "Contact › 1", value: "" },
    ];
    expect(suggestValues(shape, fields)).toEqual({
      "body.first_name": { value: "Ana", source: "Contact › First name" },
    });
  });
});
