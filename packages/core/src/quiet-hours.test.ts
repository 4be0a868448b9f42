import { expect, test } from "vitest";
import { defaultPolicy } from "./consent-policy.ts";
import { allowedFrom, countryWeek } from "./quiet-hours.ts";
import { daysAlike, type Week } from "./week.ts";

const nineToEight = daysAlike(6, ["09:00", "20:00"]);
const from = (week: Week, zones: readonly string[], at: string, holidays: readonly string[] = []): string | null =>
  allowedFrom(week, zones, holidays, new Date(at));

test("inside the window it is now, to the millisecond", () => {
  expect(from(nineToEight, ["Europe/Paris"], "2026-11-23T08:00:00.000Z")).toBe("2026-11-23T08:00:00.000Z");
  expect(from(nineToEight, ["Europe/Paris"], "2026-11-23T18:59:59.999Z")).toBe("2026-11-23T18:59:59.999Z");
});

test("outside it is the next opening, over a Sunday if need be", () => {
  expect(from(nineToEight, ["Europe/Paris"], "2026-11-23T07:59:59.999Z")).toBe("2026-11-23T08:00:00.000Z");
  expect(from(nineToEight, ["Europe/Paris"], "2026-11-23T19:00:00.000Z")).toBe("2026-11-24T08:00:00.000Z");
  expect(from(nineToEight, ["Europe/Paris"], "2026-11-28T19:00:00.000Z")).toBe("2026-11-30T08:00:00.000Z");
});

test("a holiday rests as long as it lasts where the person is", () => {
  const holidays = ["2026-12-25"];
  expect(from(nineToEight, ["Asia/Tokyo"], "2026-12-24T12:00:00Z", holidays)).toBe("2026-12-26T00:00:00.000Z");
  expect(from(nineToEight, ["America/Lima"], "2026-12-25T01:00:00Z", holidays)).toBe("2026-12-26T14:00:00.000Z");
});

test("several zones: the hours that all of them share", () => {
  const coasts = ["America/New_York", "America/Los_Angeles"];
  expect(from(nineToEight, coasts, "2026-11-23T14:00:00Z")).toBe("2026-11-23T17:00:00.000Z");
  expect(from(nineToEight, coasts, "2026-11-24T01:00:00Z")).toBe("2026-11-24T17:00:00.000Z");
});

test("zones that share no hour, and a week of holidays, never agree", () => {
  expect(from(daysAlike(7, ["09:00", "12:00"]), ["Asia/Tokyo", "Europe/Paris"], "2026-11-23T00:00:00Z")).toBeNull();
  const days = Array.from({ length: 16 }, (_, day) =>
    new Date(Date.UTC(2026, 10, 22 + day)).toISOString().slice(0, 10),
  );
  expect(from(nineToEight, ["Europe/Paris"], "2026-11-23T00:00:00Z", days)).toBeNull();
});

test("a day from midnight to midnight has no seam", () => {
  const always = daysAlike(7, ["00:00", "24:00"]);
  expect(from(always, ["Europe/Paris"], "2026-11-23T22:59:59.999Z")).toBe("2026-11-23T22:59:59.999Z");
  expect(from(always, ["Europe/Paris"], "2026-11-23T23:00:00.000Z")).toBe("2026-11-23T23:00:00.000Z");
});

test.each([
  // The clocks go from 02:00 to 03:00: the window that opens in the gap opens when the gap has passed.
  ["Europe/Paris", "02:15", "04:00", "2027-03-28T00:30:00Z", "2027-03-28T01:00:00.000Z"],
  // 02:00 to 03:00 comes twice: at its second coming it is open again.
  ["Europe/Paris", "02:15", "02:45", "2026-10-25T00:15:00Z", "2026-10-25T00:15:00.000Z"],
  ["Europe/Paris", "02:15", "02:45", "2026-10-25T00:45:00Z", "2026-10-25T01:15:00.000Z"],
  ["Europe/Paris", "02:15", "02:45", "2026-10-25T01:45:00Z", "2026-10-26T01:15:00.000Z"],
  ["America/New_York", "02:30", "05:00", "2027-03-14T06:00:00Z", "2027-03-14T07:00:00.000Z"],
  // Half an hour: 02:00 becomes 01:30, so 01:45 comes twice.
  ["Australia/Lord_Howe", "01:40", "01:50", "2027-04-03T14:50:00Z", "2027-04-03T15:10:00.000Z"],
  // Ramadan: the clocks go back at 03:00 on 7 February.
  ["Africa/Casablanca", "02:30", "02:45", "2027-02-07T01:50:00Z", "2027-02-07T02:30:00.000Z"],
  ["Africa/Casablanca", "09:00", "20:00", "2027-02-07T08:00:00Z", "2027-02-07T09:00:00.000Z"],
])("%s when the clocks change: %s to %s", (...[zone, opens, closes, at, expected]) => {
  expect(from(daysAlike(7, [opens, closes]), [zone], at)).toBe(expected);
});

test("hours by country", () => {
  const friday = (country: string | null, strictFrance = false): unknown =>
    countryWeek(country, { ...defaultPolicy, strictFrance })[4];
  expect(friday("IN")).toEqual([["10:00", "20:00"]]);
  expect(friday("FR")).toEqual([["09:00", "20:00"]]);
  expect(friday("FR", true)).toEqual([
    ["10:00", "13:00"],
    ["14:00", "20:00"],
  ]);
  expect(friday("MQ", true)).toHaveLength(2);
  expect(friday(null, true)).toHaveLength(1);
  expect(countryWeek("FR", { ...defaultPolicy, strictFrance: true })[5]).toEqual([]);
  expect(countryWeek("FR", defaultPolicy)[5]).toHaveLength(1);
  expect(countryWeek("DE", defaultPolicy)[6]).toEqual([]);
  expect(countryWeek("US", defaultPolicy)[6]).toHaveLength(1);
});

test("a firm's own hours hold everywhere, except where France's strict ones are asked for", () => {
  const own = daysAlike(7, ["12:00", "13:00"]);
  const policy = { ...defaultPolicy, quietHours: { ...defaultPolicy.quietHours, marketing: own } };
  expect(countryWeek("US", policy)).toBe(own);
  expect(countryWeek("FR", policy)).toBe(own);
});
