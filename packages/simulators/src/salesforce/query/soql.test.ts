import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../platform/clock.ts";
import { Ledger } from "../../platform/ledger.ts";
import { DEMO_ADMIN_ID } from "../demo/demo-ids.ts";
import { Org } from "../org.ts";
import { SalesforceError } from "../salesforce-error.ts";
import { likePattern } from "./like-pattern.ts";
import { parseSoql } from "./parse-query.ts";
import { dayIn, readPeriod, startOfDay } from "./periods.ts";
import { contextOf } from "./query-context.ts";
import { runQuery } from "./run-query.ts";

const NOW = Date.UTC(2026, 10, 22, 12);

function emptyOrg(): Org {
  const clock = new VirtualClock(NOW, { ticks: false });
  return new Org({ clock, ledger: new Ledger(clock), seed: () => undefined });
}

function addContact(org: Org, values: Record<string, string | number | null>): string {
  const type = org.schema.object("Contact");
  const id = org.ids.next(type.keyPrefix);
  org.records.put({ id, type, values: { Id: id, ...values }, deletedAt: undefined });
  return id;
}

const idsOf = (org: Org, soql: string): unknown[] =>
  runQuery(contextOf(org, { userId: DEMO_ADMIN_ID, version: "67.0" }), soql).records.map((record) => record["Id"]);

const quoted = (text: string) => `'${text.replaceAll(/['\\]/gu, String.raw`\$&`)}'`;

describe("a condition", () => {
  it("takes any text as text, whatever stands in it", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), (names) => {
        const org = emptyOrg();
        const ids = names.map((LastName) => addContact(org, { LastName }));
        for (const name of names) {
          const expected = ids.filter((_id, index) => names[index]?.toLowerCase() === name.toLowerCase());
          expect(idsOf(org, `SELECT Id FROM Contact WHERE LastName = ${quoted(name)}`)).toEqual(expected);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("is true of a record, or its opposite is", () => {
    const name = fc.constantFrom("Ana", "ana", "Bo", "Zoë", null);
    const term = fc.constantFrom(
      "LastName = 'ana'",
      "LastName != 'Bo'",
      "LastName > 'b'",
      "LastName <= 'Zoë'",
      "LastName = null",
      "LastName LIKE '_o%'",
      "LastName IN ('Ana', 'Bo')",
      "LastName NOT IN ('Bo')",
    );
    const { condition } = fc.letrec<{ condition: string }>((tie) => ({
      condition: fc.oneof(
        { maxDepth: 3 },
        term,
        fc
          .tuple(fc.constantFrom("AND", "OR"), fc.array(tie("condition"), { minLength: 2, maxLength: 3 }))
          .map(([word, terms]) => terms.map((one) => `(${one})`).join(` ${word} `)),
      ),
    }));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 6 }), condition, (names, text) => {
        const org = emptyOrg();
        const all = names.map((LastName) => addContact(org, { LastName }));
        const met = idsOf(org, `SELECT Id FROM Contact WHERE ${text}`);
        const unmet = idsOf(org, `SELECT Id FROM Contact WHERE NOT (${text})`);
        expect(new Set([...met, ...unmet])).toEqual(new Set(all));
        expect(met.length + unmet.length).toBe(all.length);
      }),
      { numRuns: 100 },
    );
  });

  it("knows an id by its 15 characters", () => {
    const org = emptyOrg();
    const id = addContact(org, { LastName: "Ana" });
    expect(idsOf(org, `SELECT Id FROM Contact WHERE Id = '${id.slice(0, 15)}'`)).toEqual([id]);
    expect(idsOf(org, `SELECT Id FROM Contact WHERE Id IN ('${id.toLowerCase()}')`)).toEqual([id]);
  });
});

it("matches with LIKE as its wildcards say", () => {
  const part = fc.constantFrom("%", "_", String.raw`\%`, String.raw`\_`, "a", "B", ".", "\n", String.raw`\\`);
  const matches = (parts: readonly string[], text: string): boolean => {
    const [first, ...rest] = parts;
    if (first === undefined) return text === "";
    if (first === "%") return matches(rest, text) || (text !== "" && matches(parts, text.slice(1)));
    const wanted = first.at(-1)?.toLowerCase();
    return text !== "" && (first === "_" || text.charAt(0).toLowerCase() === wanted) && matches(rest, text.slice(1));
  };
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 6 }),
      fc.array(fc.constantFrom("a", "A", "b", "%", "_", ".", "\\", "\n"), { maxLength: 8 }),
      (parts, text) => {
        expect(likePattern(parts.join("")).test(text.join(""))).toBe(matches(parts, text.join("")));
      },
    ),
    { numRuns: 500 },
  );
});

it("puts records into the asked order, those without a value first unless told otherwise", () => {
  const org = emptyOrg();
  const names = ["bo", "Ana", null, "Cy"];
  const ids = names.map((LastName) => addContact(org, { LastName }));
  const order = (how: string) =>
    idsOf(org, `SELECT Id FROM Contact ORDER BY LastName ${how}`).map((id) => names[ids.indexOf(String(id))]);
  expect(order("")).toEqual([null, "Ana", "bo", "Cy"]);
  expect(order("DESC")).toEqual([null, "Cy", "bo", "Ana"]);
  expect(order("ASC NULLS LAST")).toEqual(["Ana", "bo", "Cy", null]);
  expect(order("DESC NULLS LAST LIMIT 2 OFFSET 1")).toEqual(["bo", "Ana"]);
});

describe("a date literal", () => {
  it.each([
    ["TODAY", undefined, "2026-11-22", "2026-11-23"],
    ["YESTERDAY", undefined, "2026-11-21", "2026-11-22"],
    ["THIS_WEEK", undefined, "2026-11-22", "2026-11-29"],
    ["LAST_WEEK", undefined, "2026-11-15", "2026-11-22"],
    ["LAST_MONTH", undefined, "2026-10-01", "2026-11-01"],
    ["NEXT_QUARTER", undefined, "2027-01-01", "2027-04-01"],
    ["THIS_YEAR", undefined, "2026-01-01", "2027-01-01"],
    ["LAST_N_DAYS", 3, "2026-11-19", "2026-11-23"],
    ["NEXT_N_DAYS", 3, "2026-11-23", "2026-11-26"],
    ["N_DAYS_AGO", 3, "2026-11-19", "2026-11-20"],
    ["LAST_N_MONTHS", 2, "2026-09-01", "2026-11-01"],
    ["LAST_90_DAYS", undefined, "2026-08-24", "2026-11-23"],
  ])("%s %s", (name, count, start, end) => {
    expect(readPeriod(name, count, "2026-11-22")).toEqual({ start, end });
  });

  it("is none when it is not known, or lacks its number", () => {
    expect(readPeriod("SOMEDAY", undefined, "2026-11-22")).toBeUndefined();
    expect(readPeriod("LAST_N_DAYS", undefined, "2026-11-22")).toBeUndefined();
    expect(readPeriod("TODAY", 2, "2026-11-22")).toBeUndefined();
  });

  it("is counted in the caller's time zone, also where clocks change", () => {
    expect(dayIn("America/Sao_Paulo", Date.parse("2026-11-22T02:00:00Z"))).toBe("2026-11-21");
    expect(new Date(startOfDay("2026-11-22", "America/Sao_Paulo")).toISOString()).toBe("2026-11-22T03:00:00.000Z");
    expect(new Date(startOfDay("2026-10-26", "Europe/Berlin")).toISOString()).toBe("2026-10-25T23:00:00.000Z");
    expect(new Date(startOfDay("2026-10-25", "Europe/Berlin")).toISOString()).toBe("2026-10-24T22:00:00.000Z");
  });
});

it.each([
  ["SELECT Id FORM Contact", "unexpected token: 'FORM'"],
  ["SELECT FROM Contact", "unexpected token: 'Contact'"],
  ["SELECT Id FROM Contact WHERE", "unexpected token: '<EOF>'"],
  ["SELECT Id FROM Contact WHERE A = 1 AND B = 2 OR C = 3", "unexpected token: 'OR'"],
  ["SELECT Id FROM Contact WHERE NOT A = 1 AND B = 2", "unexpected token: 'AND'"],
  ["SELECT Id FROM Contact WHERE A = 1 AND NOT B = 2", "unexpected token: 'B'"],
  ["SELECT Id FROM Contact WHERE Name IN ()", "unexpected token: ')'"],
  ["SELECT Id FROM Contact WHERE Name = 'open", "expecting '''"],
  ["SELECT Id FROM Contact WHERE Name = 'it's'", "expecting '''"],
  [String.raw`SELECT Id FROM Contact WHERE Name = '\x'`, String.raw`Illegal character sequence '\x'`],
  ["SELECT Id FROM Contact WHERE Name == 'a'", "unexpected token: '='"],
  ["SELECT Id FROM Contact; DROP", "unexpected char: ';'"],
  ["SELECT Id FROM Contact LIMIT -1", "unexpected token: '-1'"],
  ["SELECT Id FROM Contact ALL ROWS", "ALL ROWS not allowed"],
  ["SELECT Id FROM Contact FOR UPDATE", "unexpected token: 'FOR'"],
  ["SELECT Id FROM Contact WHERE CreatedDate > 2026-13-45", "unexpected token: '2026-13-45'"],
])("refuses %s", (soql, words) => {
  const refusal = refusalOf(() => parseSoql(soql));
  expect([refusal?.status, refusal?.errorCode]).toEqual([400, "MALFORMED_QUERY"]);
  expect(refusal?.message).toContain(words);
});

it("points into the line that is wrong", () => {
  expect(refusalOf(() => parseSoql("SELECT Id\nFROM Contact\nWHERE ="))?.message).toBe(
    "\nWHERE =\n      ^\nERROR at Row:3:Column:7\nunexpected token: '='",
  );
});

function refusalOf(work: () => unknown): SalesforceError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof SalesforceError) return error;
    throw error;
  }
}
