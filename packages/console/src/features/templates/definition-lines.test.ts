import { emptyDefinition } from "@aparte/core/template-definition.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compareLines, definitionLines } from "./definition-lines.ts";

test("a version reads as lines, with its samples", () => {
  const definition = {
    ...emptyDefinition,
    body: "Hello {{name}},\nsee you.",
    buttons: [{ type: "url" as const, text: "Open", url: "https://example.com" }],
    samples: { "body.name": "Ana", "body.gone": "x" },
  };
  expect(definitionLines(definition)).toEqual([
    "category: UTILITY",
    "Hello {{name}},",
    "see you.",
    "button url: Open · https://example.com",
    "sample body.name: Ana",
  ]);
});

test("a changed line is gone and new in its place", () => {
  expect(compareLines(["a", "b", "c"], ["a", "x", "c"])).toEqual([
    { sign: "same", text: "a" },
    { sign: "gone", text: "b" },
    { sign: "new", text: "x" },
    { sign: "same", text: "c" },
  ]);
});

test("both versions can be read off a comparison", () => {
  const lines = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const diff = compareLines(before, after);
      expect(diff.filter(({ sign }) => sign !== "new").map(({ text }) => text)).toEqual(before);
      expect(diff.filter(({ sign }) => sign !== "gone").map(({ text }) => text)).toEqual(after);
    }),
  );
});
