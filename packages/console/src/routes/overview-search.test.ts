import { expect, test } from "vitest";
import { readOverviewSearch } from "./overview-search.ts";

test("what is understood is kept", () => {
  const search = {
    crm: "failed",
    reason: "crm.oauth_failed",
    search: "order",
    status: "PAUSED",
    template: "a",
    number: "b",
  };
  expect(readOverviewSearch(search)).toEqual(search);
});

test("what is not understood is left out", () => {
  const nonsense = {
    crm: "maybe",
    reason: "toString",
    search: ["a"],
    status: "paused",
    template: 7,
    number: "",
    other: "x",
  };
  expect(readOverviewSearch(nonsense)).toEqual({});
});
