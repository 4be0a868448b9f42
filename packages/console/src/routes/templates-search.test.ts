import { expect, test } from "vitest";
import { readTemplatesSearch } from "./templates-search.ts";

test("what is understood is kept", () => {
  const search = {
    search: "order",
    template: "a",
    number: "b",
    status: "PAUSED",
    category: "MARKETING",
    language: "pt_BR",
    quality: "RED",
  };
  expect(readTemplatesSearch(search)).toEqual(search);
});

test("what is not understood is left out", () => {
  const nonsense = { search: ["a"], template: 7, number: "", status: "paused", language: "tlh", other: "x" };
  expect(readTemplatesSearch(nonsense)).toEqual({});
});
