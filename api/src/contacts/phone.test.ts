import { expect, it } from "vitest";
import { parsePhone } from "./phone.ts";

it.each([
  ["+55 11 91234-5678", null, "+5511912345678", "America/Sao_Paulo"],
  ["+55 (92) 99123-4567", null, "+5592991234567", "America/Manaus"],
  ["06 12 34 56 78", "FR", "+33612345678", "Europe/Paris"],
  ["+49 1512 3456789", null, "+4915123456789", "Europe/Berlin"],
  ["+1 650 555 2671", null, "+16505552671", null],
  ["+55 11 8765-4321", null, "+5511987654321", "America/Sao_Paulo"],
  ["11 8765-4321", "BR", "+5511987654321", "America/Sao_Paulo"],
  ["+52 1 55 1234 5678", null, "+525512345678", null],
  ["+54 11 15-2345-6789", null, "+5491123456789", null],
  ["011 15-2345-6789", "AR", "+5491123456789", null],
])("reads %s (%s)", (raw, country, e164, timeZone) => {
  expect(parsePhone(raw, country)).toMatchObject({ e164, waId: e164.slice(1), timeZone });
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
