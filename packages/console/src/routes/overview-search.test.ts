import { expect, test } from "vitest";
import { readOverviewSearch } from "./overview-search.ts";

test("what is understood is kept", () => {
  const search = { crm: "failed", reason: "crm.oauth_failed" };
  expect(readOverviewSearch(search)).toEqual(search);
});

test("what is not understood is left out", () => {
  expect(readOverviewSearch({ crm: "maybe", reason: "toString", other: "x" })).toEqual({});
});
