import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestPortal } from "./test-portal.ts";
import type { TestPortal } from "./test-portal.ts";

const CONTACTS = "/crm/objects/2026-09/contacts";

let portal: TestPortal;
beforeEach(async () => {
  portal = await startTestPortal();
  await portal.call("POST", "/_sim/behaviour", { search_per_second: 1_000 });
});
afterEach(() => portal.sim.close());

const search = (body: unknown) => portal.call("POST", `${CONTACTS}/search`, body);
const filter = (propertyName: string, operator: string, rest: object = {}) => ({ propertyName, operator, ...rest });
const idsOf = async (...filters: unknown[]) => {
  const { body } = await search({ filterGroups: [{ filters }], limit: 200 });
  return body.results.map((result) => Number(result.id) - 101_000);
};

it("finds people by the digits of their phone numbers, with and without the country code", async () => {
  expect(
    await idsOf(filter("hs_searchable_calculated_international_phone_number", "EQ", { value: "5511912345678" })),
  ).toEqual([1]);
  expect(await idsOf(filter("hs_searchable_calculated_phone_number", "EQ", { value: "11912345678" }))).toEqual([1]);
  expect(await idsOf(filter("hs_searchable_calculated_mobile_number", "EQ", { value: "15123456789" }))).toEqual([2]);
  expect(await idsOf(filter("phone", "CONTAINS_TOKEN", { value: "*5678" }))).toEqual([1]);
});

it.each([
  ["EQ", "city", { value: "LYON" }, [3]],
  ["NEQ", "city", { value: "Lyon" }, [1, 2, 4, 5, 6]],
  ["IN", "city", { values: ["lyon", "berlin"] }, [2, 3]],
  ["IN in upper case", "city", { values: ["Lyon"] }, []],
  ["NOT_IN", "lifecyclestage", { values: ["customer", "lead"] }, [1, 3, 5, 6]],
  ["HAS_PROPERTY", "quote_number", {}, [1, 3]],
  ["NOT_HAS_PROPERTY", "phone", {}, [4, 5]],
  ["CONTAINS_TOKEN", "email", { value: "horizonte" }, [1]],
  ["NOT_CONTAINS_TOKEN", "email", { value: "mailbox" }, [1, 2, 3]],
  ["GT", "hs_object_id", { value: "101004" }, [5, 6]],
  ["LTE", "hs_object_id", { value: "101002" }, [1, 2]],
  ["BETWEEN", "hs_object_id", { value: "101002", highValue: "101004" }, [2, 3, 4]],
  ["GTE", "createdate", { value: "1" }, [1, 2, 3, 4, 5, 6]],
  ["LT", "createdate", { value: "2026-01-01" }, []],
  ["EQ of an associated record", "associations.company", { value: "201001" }, [1]],
  ["NOT_HAS_PROPERTY of associated records", "associations.0-2", {}, [4, 5, 6]],
  ["NEQ of any associated record", "associations.companies", { value: "201001" }, [2, 3, 4, 5, 6]],
])("filters by %s", async (operator, property, rest, expected) => {
  expect(await idsOf(filter(property, operator.split(" ")[0] ?? "", rest))).toEqual(expected);
});

it("joins filters with and, groups with or, and looks for words", async () => {
  const brazil = filter("country", "EQ", { value: "Brazil" });
  expect(await idsOf(brazil, filter("city", "EQ", { value: "Lyon" }))).toEqual([]);
  const both = { filterGroups: [{ filters: [brazil] }, { filters: [filter("city", "EQ", { value: "Lyon" })] }] };
  expect((await search(both)).body["total"]).toBe(2);
  expect((await search({ query: "ana sou" })).body["total"]).toBe(1);
});

it("takes filters without a group for one", async () => {
  expect((await search({ filters: [filter("city", "EQ", { value: "Lyon" })] })).body["total"]).toBe(1);
});

it("sorts and pages", async () => {
  const descending = { propertyName: "lastname", direction: "DESCENDING" };
  for (const sort of [descending, JSON.stringify(descending)]) {
    const { body } = await search({ sorts: [sort], limit: 1, properties: ["lastname"] });
    expect(body.results[0]?.properties["lastname"]).toBe("Souza");
  }
  const { body } = await search({ sorts: ["-lastname"], limit: 2, properties: ["lastname"] });
  expect(body.results.map((result) => result.properties["lastname"])).toEqual(["Souza", "Petersen"]);
  expect([body["total"], body.paging.next.after]).toEqual([6, "2"]);
  const next = await search({ sorts: ["-lastname"], limit: 2, after: "2", properties: ["lastname"] });
  expect(next.body.results.map((result) => result.properties["lastname"])).toEqual(["Nair", "Martin"]);
});

it("sees new and changed records only after the indexing delay, and archived ones never", async () => {
  const { body: created } = await portal.call("POST", CONTACTS, { properties: { firstname: "Zoe" } });
  const byName = async (name: string) => (await search({ query: name })).body["total"];
  expect(await byName("Zoe")).toBe(0);
  await portal.clock.advance(2_000);
  expect(await byName("Zoe")).toBe(1);
  await portal.call("PATCH", `${CONTACTS}/${created.id}`, { properties: { firstname: "Yara" } });
  expect([await byName("Zoe"), await byName("Yara")]).toEqual([1, 0]);
  await portal.clock.advance(2_000);
  expect([await byName("Zoe"), await byName("Yara")]).toEqual([0, 1]);
  await portal.call("DELETE", `${CONTACTS}/${created.id}`);
  expect(await byName("Yara")).toBe(0);
});

const one = filter("city", "HAS_PROPERTY");
it.each([
  ["six groups", { filterGroups: Array.from({ length: 6 }, () => ({ filters: [one] })) }],
  ["seven filters in a group", { filterGroups: [{ filters: Array.from({ length: 7 }, () => one) }] }],
  [
    "nineteen filters",
    { filterGroups: [6, 6, 6, 1].map((length) => ({ filters: Array.from({ length }, () => one) })) },
  ],
  ["two sorts", { sorts: ["city", "country"] }],
  ["more than 200 at once", { limit: 201 }],
  ["a page beyond 10,000", { after: "9999", limit: 2 }],
  ["a query of 3,001 characters", { query: "x".repeat(3_001) }],
  ["an unknown property", { filterGroups: [{ filters: [filter("foo", "HAS_PROPERTY")] }] }],
  ["an unknown operator", { filterGroups: [{ filters: [filter("city", "LIKE", { value: "x" })] }] }],
  ["a time that is none", { filterGroups: [{ filters: [filter("createdate", "GT", { value: "May" })] }] }],
  ["a number that is none", { filterGroups: [{ filters: [filter("hs_object_id", "IN", { values: ["a"] })] }] }],
  ["associations with what is no type", { filterGroups: [{ filters: [filter("associations.foo", "HAS_PROPERTY")] }] }],
  ["a sort by associations", { sorts: ["associations.company"] }],
  ["an operator without its value", { filterGroups: [{ filters: [filter("city", "EQ")] }] }],
])("refuses %s", async (_what, body) => {
  const refused = await search(body);
  expect([refused.status, refused.body["category"]]).toEqual([400, "VALIDATION_ERROR"]);
});
