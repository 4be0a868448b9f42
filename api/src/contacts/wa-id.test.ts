import fc from "fast-check";
import { expect, it } from "vitest";
import { parsePhone } from "./phone.ts";
import { canonicalWaId } from "./wa-id.ts";

it.each([
  ["551187654321", "5511987654321"],
  ["5511987654321", "5511987654321"],
  ["551133334444", "551133334444"],
  ["5215512345678", "525512345678"],
  ["525512345678", "525512345678"],
  ["5491123456789", "5491123456789"],
  ["541123456789", "5491123456789"],
  ["54111523456789", "5491123456789"],
  ["549111523456789", "5491123456789"],
  ["54341155123456", "5493415123456"],
  ["54296615412345", "5492966412345"],
  ["5411", "5411"],
  ["33612345678", "33612345678"],
])("keeps %s as %s", (told, kept) => {
  expect(canonicalWaId(told)).toBe(kept);
});

const digits = (length: number) => fc.stringMatching(new RegExp(`^[2-8]\\d{${length - 1}}$`));

/** All the ways in which people, CRMs and WhatsApp write one and the same mobile, with the country that the record names. */
const spellings = fc.oneof(
  digits(7).map((rest) => {
    const local = `9${rest}`;
    return {
      country: "BR",
      written: [`+55 11 9${local}`, `+55 (11) ${local}`, `5511${local}`, `011 9${local}`, `11 ${local}`],
    };
  }),
  digits(8).map((local) => ({
    country: "MX",
    written: [
      `+52 55 ${local}`,
      `+52 1 55 ${local}`,
      `+52155${local}`,
      `55 ${local}`,
      `044 55 ${local}`,
      `045 55 ${local}`,
    ],
  })),
  digits(8).map((local) => ({
    country: "AR",
    written: [
      `+54 9 11 ${local}`,
      `+54 11 15-${local}`,
      `+54 11 ${local}`,
      `011 15-${local}`,
      `11 15 ${local}`,
      `11 ${local}`,
      `54911${local}`,
    ],
  })),
  digits(7).map((local) => ({
    country: "AR",
    written: [`+54 9 341 ${local}`, `+54 341 15 ${local}`, `0341 15-${local}`, `+54 341 ${local}`],
  })),
);

it("finds one telephone behind every spelling of it", () => {
  fc.assert(
    fc.property(spellings, ({ country, written }) => {
      const kept = written.map((raw) => {
        const phone = parsePhone(raw, country);
        return phone && canonicalWaId(phone.waId);
      });
      // A number that the country has not given out is no number in any spelling.
      expect(new Set(kept).size).toBe(1);
    }),
    { numRuns: 300 },
  );
});

it("keeps what it keeps", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9]\d{6,14}$/), (waId) => {
      expect(canonicalWaId(canonicalWaId(waId))).toBe(canonicalWaId(waId));
    }),
  );
});
