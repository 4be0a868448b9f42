import { expect, it } from "vitest";
import { canonicalWaId } from "./canonical-wa-id.ts";

it.each([
  ["São Paulo with the ninth digit", "5511987654321", "5511987654321"],
  ["São Paulo without it", "551187654321", "5511987654321"],
  ["Porto Alegre with the ninth digit", "5551987654321", "555187654321"],
  ["Porto Alegre without it", "555187654321", "555187654321"],
  ["a Brazilian landline", "551130654321", "551130654321"],
  ["Mexico without the 1", "525512345678", "5215512345678"],
  ["Mexico with the 1", "5215512345678", "5215512345678"],
  ["a number of ten digits that begins with 1", "521234567890", "5211234567890"],
  ["France", "33639980042", "33639980042"],
])("knows %s", (_what, dialled, waId) => {
  expect(canonicalWaId(dialled)).toBe(waId);
});
