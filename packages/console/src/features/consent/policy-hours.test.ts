import { expect, it } from "vitest";
import { hoursText, readHours } from "./policy-hours.ts";

it.each([
  [
    "09:00–12:00, 14:00–20:00",
    [
      ["09:00", "12:00"],
      ["14:00", "20:00"],
    ],
  ],
  [
    "9-12;14h-20h30",
    [
      ["09:00", "12:00"],
      ["14:00", "20:30"],
    ],
  ],
  [" 9.30 — 24 ", [["09:30", "24:00"]]],
  ["  ", []],
])("reads %j", (text, hours) => {
  expect(readHours(text)).toEqual(hours);
});

it.each(["9", "9-12-14", "12-9", "9-9", "9-25", "9-12:60", "14-16, 9-12", "9-12, 11-14", "nine-noon", "9-12,"])(
  "does not guess: %j",
  (text) => {
    expect(readHours(text)).toBeNull();
  },
);

it("writes what it reads", () => {
  const text = "00:00–06:30, 22:00–24:00";
  expect(hoursText(readHours(text) ?? [])).toBe(text);
});
