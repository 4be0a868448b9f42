import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sameRecord, type CrmRecordRef, type RecordType } from "./crm-record.ts";
import {
  associationsFor,
  companyRules,
  dealRules,
  defaultCrmSettings,
  readCrmSettings,
  type RecordFacts,
} from "./crm-settings.ts";

const ref = (type: RecordType, id: string): CrmRecordRef => ({ crm: "hubspot", account: "1", type, id });
const related = (type: RecordType, id: string, more: { isPrimary?: boolean; isOpen?: boolean } = {}) => ({
  ref: ref(type, id),
  name: id,
  isPrimary: more.isPrimary ?? false,
  isOpen: more.isOpen ?? null,
});

const facts: RecordFacts = {
  own: [ref("contact", "1"), ref("lead", "2")],
  opened: [ref("deal", "7"), ref("ticket", "8"), ref("company", "9")],
  related: [
    related("company", "9", { isPrimary: true }),
    related("company", "10"),
    related("deal", "7", { isOpen: false }),
    related("deal", "11", { isOpen: true }),
    related("deal", "12", { isOpen: false }),
    related("ticket", "13", { isOpen: true }),
  ],
  ownerId: null,
};

const shown = (rules: Partial<typeof defaultCrmSettings>, on: RecordFacts = facts) =>
  associationsFor({ ...defaultCrmSettings, ...rules }, on).map(
    (found) => `${found.why} ${found.ref.type} ${found.ref.id}`,
  );

const own = ["own contact 1", "own lead 2"];

describe("the records on which an entry stands", () => {
  it("are the person's own, what somebody worked on, and the company", () => {
    expect(shown({})).toEqual([...own, "opened deal 7", "opened ticket 8", "primary_company company 9"]);
  });

  it("are as many or as few as an admin wants", () => {
    expect(shown({ company: "none", deals: "none", tickets: "none" })).toEqual(own);
    expect(shown({ company: "none", deals: "open", tickets: "none" })).toEqual([
      ...own,
      "opened deal 7",
      "open_deal deal 11",
    ]);
    expect(shown({ company: "none", deals: "none", tickets: "open" })).toEqual([
      ...own,
      "opened ticket 8",
      "open_ticket ticket 13",
    ]);
  });

  it("are none when no record is the person's own", () => {
    expect(shown({ deals: "open" }, { ...facts, own: [] })).toEqual([]);
  });

  it("are each named once, the own ones first and never left out for others", () => {
    const types = fc.constantFrom<RecordType>("contact", "lead", "company", "deal", "ticket");
    const anyRef = fc.tuple(types, fc.nat(20)).map(([type, id]) => ref(type, String(id)));
    const anyFacts = fc.record({
      own: fc.array(anyRef, { minLength: 1, maxLength: 5 }),
      opened: fc.array(anyRef),
      related: fc.array(
        fc.record({
          ref: anyRef,
          name: fc.string(),
          isPrimary: fc.boolean(),
          isOpen: fc.option(fc.boolean(), { nil: null }),
        }),
        { maxLength: 100 },
      ),
      ownerId: fc.constant(null),
    });
    const rules = fc.record({
      company: fc.constantFrom(...companyRules),
      deals: fc.constantFrom(...dealRules),
      tickets: fc.constantFrom(...dealRules),
    });
    fc.assert(
      fc.property(anyFacts, rules, (some, by) => {
        const found = associationsFor(by, some).map((association) => association.ref);
        expect(found.length).toBeLessThanOrEqual(30);
        expect(new Set(found.map(({ type, id }) => `${type} ${id}`)).size).toBe(found.length);
        for (const mine of some.own) expect(found.some((other) => sameRecord(other, mine))).toBe(true);
        expect(found[0]).toEqual(some.own[0]);
        expect(associationsFor(by, { ...some, own: [...some.own, ...some.own] }).map((one) => one.ref)).toEqual(found);
      }),
    );
  });
});

describe("stored settings", () => {
  it("are completed by the defaults", () => {
    expect(readCrmSettings({})).toEqual(defaultCrmSettings);
    expect(readCrmSettings({ logging: "none" })).toEqual({ ...defaultCrmSettings, logging: "none" });
  });

  it("that nobody could have chosen are a mistake, not a default", () => {
    expect(() => readCrmSettings({ logging: "sometimes" })).toThrow();
    expect(() => readCrmSettings({ other: true })).toThrow();
  });
});
