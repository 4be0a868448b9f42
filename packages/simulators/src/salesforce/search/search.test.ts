import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEMO_CONTACT_ID } from "../demo/demo-ids.ts";
import { startTestOrg } from "../test-org.ts";
import type { TestOrg } from "../test-org.ts";
import { matchesPhone, readSearchTerm } from "./search-term.ts";

const DATA = "/services/data/v67.0";

let org: TestOrg;
beforeEach(async () => {
  org = await startTestOrg();
});
afterEach(() => org.sim.close());

const search = (body: Record<string, unknown>) => org.call("POST", `${DATA}/parameterizedSearch`, body);
const find = (sosl: string) => org.call("GET", `${DATA}/search?q=${encodeURIComponent(sosl)}`);
const names = ({ searchRecords: found }: Record<string, unknown>): unknown[] =>
  Array.isArray(found) ? found.map(({ Name }) => Name) : [];
const create = async (object: string, values: Record<string, unknown>) =>
  (await org.call("POST", `${DATA}/sobjects/${object}`, values)).body.id;

describe("a search for a number", () => {
  const sobjects = [
    { name: "Contact", fields: ["Id", "Name", "MobilePhone"], limit: 10 },
    { name: "Lead", fields: ["Name"] },
  ];

  it("finds whoever has it in a phone field, however it is written there", async () => {
    const id = await create("Contact", { LastName: "Nordmann", MobilePhone: "+49 (0)69 555-182" });
    await create("Lead", { LastName: "Nordfrau", Company: "X", Phone: "004969555182" });
    await create("Contact", { LastName: "Elsewhere", Phone: "+1 415 555 0100", Description: "4969555182" });
    for (const q of ["069555182", "69 555 182", "+4969555182"]) {
      const found = (await search({ q, in: "PHONE", sobjects })).body;
      expect(names(found)).toContain("Nordfrau");
    }
    const { body } = await search({ q: "069555182", in: "PHONE", sobjects });
    expect(body["searchRecords"]).toEqual([
      {
        attributes: { type: "Contact", url: `${DATA}/sobjects/Contact/${id}` },
        Id: id,
        Name: "Nordmann",
        MobilePhone: "+49 (0)69 555-182",
      },
      { attributes: expect.objectContaining({ type: "Lead" }), Name: "Nordfrau" },
    ]);
  });

  it("compares digits, and no fewer than seven from the end", () => {
    const number = fc.string({ unit: fc.constantFrom(..."123456789".split("")), minLength: 8, maxLength: 12 });
    const dressed = (digits: string) => digits.split("").join(" ").replace(" ", "-");
    fc.assert(
      fc.property(number, fc.integer({ min: 2, max: 12 }), (digits, kept) => {
        const end = digits.slice(-kept);
        const found = matchesPhone(readSearchTerm(end), [dressed(digits)]);
        expect(found).toBe(end.length >= 7);
        expect(matchesPhone(readSearchTerm(`*${end}`), [dressed(digits)])).toBe(true);
      }),
    );
  });
});

describe("a search for words", () => {
  it("finds whole words, or their beginnings with a wildcard, without regard to case and accents", async () => {
    const sobjects = [{ name: "Contact", fields: ["Name"] }];
    const by = async (q: string) => names((await search({ q, in: "NAME", sobjects })).body);
    expect(await by("souza")).toEqual(["Ana Souza"]);
    expect(await by("souz")).toEqual([]);
    expect(await by("souz*")).toEqual(["Ana Souza"]);
    expect(await by("lea MARTIN")).toEqual(["Léa Martin"]);
    expect(await by("lea souza")).toEqual([]);
    expect(await by("lea OR souza")).toHaveLength(2);
    expect(await by('"Ana Souza"')).toEqual(["Ana Souza"]);
    expect(await by('"Souza Ana"')).toEqual([]);
    expect(await by("Padaria")).toEqual([]);
  });

  it("answers by SOSL, object by object, with conditions", async () => {
    const { body } = await find(
      "FIND {Ana* OR Sofia} IN ALL FIELDS RETURNING Contact(Id, Name WHERE Name != 'x(y)' ORDER BY Name LIMIT 5), Lead(Name)",
    );
    expect(names(body)).toEqual(["Ana Souza", "Sofia Rossi"]);
    const { body: ids } = await find("FIND {Souza}");
    expect(ids["searchRecords"]).toEqual([
      { attributes: expect.objectContaining({ type: "Contact" }), Id: DEMO_CONTACT_ID },
    ]);
  });

  it("says the same by GET", async () => {
    const { body } = await org.call(
      "GET",
      `${DATA}/parameterizedSearch?q=souza&sobject=Contact&Contact.fields=Id,Name`,
    );
    expect(names(body)).toEqual(["Ana Souza"]);
  });

  it("sees no deleted record", async () => {
    await org.call("DELETE", `${DATA}/sobjects/Contact/${DEMO_CONTACT_ID}`);
    expect(names((await find("FIND {Souza} RETURNING Contact(Name)")).body)).toEqual([]);
  });
});

it.each([
  ["FIND Souza", "MALFORMED_SEARCH"],
  ["FIND {a}", "MALFORMED_SEARCH"],
  ["FIND {Souza} IN SOME FIELDS", "MALFORMED_SEARCH"],
  ["FIND {Souza} RETURNING Contact(Name", "MALFORMED_SEARCH"],
  ["FIND {Souza} AND MORE", "MALFORMED_SEARCH"],
  ["FIND {Souza} RETURNING Nope(Id)", "INVALID_TYPE"],
  ["FIND {Souza} RETURNING Contact(Nope)", "INVALID_FIELD"],
])("refuses %s", async (sosl, code) => {
  const { status, list } = await find(sosl);
  expect([status, list[0]?.errorCode]).toEqual([400, code]);
});

it("refuses a body of another shape", async () => {
  for (const body of [{}, { q: "souza", sobject: "Contact" }, { q: "souza", overallLimit: 5_000 }]) {
    const { status, list } = await search(body);
    expect([status, list[0]?.errorCode]).toEqual([400, "JSON_PARSER_ERROR"]);
  }
});
