import { expect, it } from "vitest";
import { canonicalWaId } from "./wa-id.ts";

it.each([
  ["551187654321", "5511987654321"],
  ["5511987654321", "5511987654321"],
  ["551133334444", "551133334444"],
  ["5215512345678", "525512345678"],
  ["525512345678", "525512345678"],
  ["33612345678", "33612345678"],
])("keeps %s as %s", (told, kept) => {
  expect(canonicalWaId(told)).toBe(kept);
});
