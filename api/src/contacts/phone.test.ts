import { expect, it } from "vitest";
import { northAmericanZones } from "./area-codes.ts";
import { parsePhone } from "./phone.ts";

it.each([
  ["+55 11 91234-5678", null, "+5511912345678", ["America/Sao_Paulo"]],
  ["+55 (92) 99123-4567", null, "+5592991234567", ["America/Manaus"]],
  ["06 12 34 56 78", "FR", "+33612345678", ["Europe/Paris"]],
  ["+49 1512 3456789", null, "+4915123456789", ["Europe/Berlin"]],
  ["+1 650 555 2671", null, "+16505552671", ["America/Los_Angeles"]],
  // Oregon keeps two times, Louisiana one; nobody knows where a toll-free number rings.
  ["+1 541 555 2671", null, "+15415552671", ["America/Denver", "America/Los_Angeles"]],
  ["+1 504 555 2671", null, "+15045552671", ["America/Chicago"]],
  ["+1 416 555 2671", null, "+14165552671", ["America/Toronto"]],
  ["+1 800 555 2671", null, "+18005552671", []],
  ["+55 11 8765-4321", null, "+5511987654321", ["America/Sao_Paulo"]],
  ["11 8765-4321", "BR", "+5511987654321", ["America/Sao_Paulo"]],
  ["+52 1 55 1234 5678", null, "+525512345678", []],
  ["+54 11 15-2345-6789", null, "+5491123456789", []],
  ["011 15-2345-6789", "AR", "+5491123456789", []],
])("reads %s (%s)", (raw, country, e164, timeZones) => {
  expect(parsePhone(raw, country)).toMatchObject({ e164, waId: e164.slice(1), timeZones });
});

it.each([
  ["06 12 34 56 7", "FR"],
  ["06 12 34 56 78", null],
  ["call me", "FR"],
  ["", null],
  ["+999 123", null],
])("does not guess: %j (%s)", (raw, country) => {
  expect(parsePhone(raw, country)).toBeNull();
});

it("knows each area code of North America once, in zones that exist", () => {
  const codes = Array.from({ length: 800 }, (_, place) => String(place + 200));
  const known = codes.filter((code) => northAmericanZones(`${code}5550100`).length > 0);
  expect(known.length).toBe(414);
  for (const timeZone of new Set(known.flatMap(northAmericanZones))) {
    expect(() => new Intl.DateTimeFormat("en", { timeZone })).not.toThrow();
  }
});
