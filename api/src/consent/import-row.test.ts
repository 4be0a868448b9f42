import type { ImportKind, ImportMapping } from "@aparte/core/consent-import.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outcomeOf, readRow, type ReadingOf } from "./import-row.ts";
import { readDate, readLanguage, readMethod, readPurposes } from "./import-values.ts";

const now = new Date("2026-11-22T12:00:00Z");
const fields = ["number", "purpose", "date", "method", "wording", "source", "language", "channel"] as const;
const mapping: ImportMapping = {
  fields: Object.fromEntries(fields.map((field, column) => [field, { column }])),
  country: "FR",
  dateOrder: "day_first",
};

function read(cells: readonly string[], kind: ImportKind = "consents", changed: Partial<ReadingOf> = {}) {
  const channels = new Map([["33170000000", "our-number"]]);
  const expiryOf = (purpose: string, at: string) =>
    purpose === "marketing" ? at.replace(/^\d{4}/, (year) => String(Number(year) + 2)) : null;
  return readRow({ line: 2, cells }, { kind, mapping, now, channels, expiryIn: () => expiryOf, ...changed });
}

const whole = [
  "06 12 00 00 01",
  "marketing",
  "31/03/2026",
  "Site web",
  "Oui, je veux",
  "https://acme.test/f",
  "fr_FR",
  "+33 1 70 00 00 00",
];
const without = (field: (typeof fields)[number], value = "") =>
  whole.map((cell, at) => (fields[at] === field ? value : cell));

describe("a row of a consent file", () => {
  it("with all the evidence says who agreed to what", () => {
    expect(read(whole)).toMatchObject({
      waId: "33612000001",
      reasons: [],
      facts: {
        purposes: ["marketing"],
        occurredAt: "2026-03-31T00:00:00.000Z",
        method: "web_form",
        wording: "Oui, je veux",
        source: "https://acme.test/f",
        language: "fr-FR",
        channelId: "our-number",
      },
    });
  });

  it.each(["purpose", "date", "method", "wording", "source"] as const)(
    "without its %s gives nothing, and is kept back",
    (field) => {
      const { reasons, facts } = read(without(field));
      expect([reasons, facts, outcomeOf(reasons)]).toEqual([[`${field}_missing`], null, "quarantined"]);
    },
  );

  it.each([
    ["number", "", "number_missing"],
    ["number", "12", "number_unreadable"],
    ["number", "anna@example.test", "number_unreadable"],
    ["date", "31/02/2026", "date_unreadable"],
    ["date", "03.26", "date_unreadable"],
    ["date", "24/11/2026", "date_in_future"],
    ["date", "2026-11-22 12:05", "date_in_future"],
    ["date", "2024-11-22", "consent_expired"],
    ["purpose", "everything", "purpose_unknown"],
    ["channel", "+33 1 70 00 00 01", "channel_unknown"],
  ] as const)("whose %s is %j is refused", (field, value, reason) => {
    const { reasons } = read(without(field, value));
    expect([reasons, outcomeOf(reasons)]).toEqual([[reason], "refused"]);
  });

  it("is refused rather than kept back when both are true, and says both", () => {
    const { reasons } = read(without("date", "31/02/2026").map((cell, at) => (fields[at] === "wording" ? "" : cell)));
    expect([reasons.toSorted((a, b) => a.localeCompare(b)), outcomeOf(reasons)]).toEqual([
      ["date_unreadable", "wording_missing"],
      "refused",
    ]);
  });

  it.each(["+33612000001", "'+33612000001", "33612000001", "0033612000001", "06.12.00.00.01", " 06-12-00-00-01 "])(
    "knows the number %j",
    (number) => {
      expect(read(without("number", number))).toMatchObject({ waId: "33612000001" });
    },
  );

  it("of today, in a zone where it is tomorrow already, counts from now", () => {
    expect(read(without("date", "23/11/2026"))).toMatchObject({ facts: { occurredAt: now.toISOString() } });
  });

  it("takes what holds for all rows from the mapping", () => {
    const one = { ...mapping, fields: { ...mapping.fields, source: { value: "Paper forms, box 3" }, language: null } };
    expect(read(whole, "consents", { mapping: one })).toMatchObject({
      facts: { source: "Paper forms, box 3", language: null },
    });
  });
});

describe("a row of an opt-out list", () => {
  it("needs a number alone, and ends all that we begin", () => {
    expect(read(["0612000001"], "opt_outs")).toMatchObject({
      waId: "33612000001",
      facts: { purposes: ["marketing", "utility", "authentication"], occurredAt: now.toISOString(), source: "" },
    });
    expect(read(without("date", "x"), "opt_outs").reasons).toEqual(["date_unreadable"]);
  });
});

describe("values", () => {
  it("of dates are read back in every form that they are written in", () => {
    const day = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString();
        const [year, month, dayOfMonth] = iso.slice(0, 10).split("-");
        const midnight = `${iso.slice(0, 10)}T00:00:00.000Z`;
        expect(readDate(iso.slice(0, 10), "month_first")).toBe(midnight);
        expect(readDate(`${dayOfMonth}/${month}/${year}`, "day_first")).toBe(midnight);
        expect(readDate(`${Number(month)}-${Number(dayOfMonth)}-${year}`, "month_first")).toBe(midnight);
        expect(readDate(`${iso.slice(0, 19)}Z`, "day_first")).toBe(`${iso.slice(0, 19)}.000Z`);
        expect(readDate(`${iso.slice(0, 10)} ${iso.slice(11, 16)}`, "day_first")).toBe(`${iso.slice(0, 16)}:00.000Z`);
      }),
    );
  });

  it.each([
    ["2026-03-31T10:00:00+02:00", "2026-03-31T08:00:00.000Z"],
    ["2026-03-31T10:00:00-0530", "2026-03-31T15:30:00.000Z"],
    ["31/03/2026 2:05 PM", "2026-03-31T14:05:00.000Z"],
    ["31/03/2026 12:05 am", "2026-03-31T00:05:00.000Z"],
    ["2026-03-31 25:00", null],
    ["31/03/26", null],
    ["yesterday", null],
  ])("%j is the moment %j", (text, moment) => {
    expect(readDate(text, "day_first")).toBe(moment);
  });

  it("are understood in both languages", () => {
    expect(readPurposes("Marketing et commandes")).toEqual(["marketing", "utility"]);
    expect(readPurposes("publicité; OTP")).toEqual(["marketing", "authentication"]);
    expect(readPurposes("marketing, world peace")).toBeNull();
    expect([readMethod("Par téléphone"), readMethod("Salon de Lyon")]).toEqual(["phone_call", "Salon de Lyon"]);
    expect([readLanguage("pt_br"), readLanguage("no language")]).toEqual(["pt-BR", null]);
  });
});
