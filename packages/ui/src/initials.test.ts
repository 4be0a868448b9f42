import { expect, test } from "vitest";
import { initials } from "./initials.ts";

test.each([
  ["Ana Souza", "AS"],
  ["Maximilian Krämer-Schönfeldt", "MK"],
  ["Maria da Silva e Costa", "MC"],
  ["ليلى حداد", "ل"],
  ["王 小明", "王"],
  ["élodie", "É"],
  ["+55 11 91234-5678", ""],
  ["", ""],
])("the initials of %j are %j", (name, letters) => {
  expect(initials(name)).toBe(letters);
});
