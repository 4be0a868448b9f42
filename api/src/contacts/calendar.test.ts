import { expect, it } from "vitest";
import { placeOf } from "./calendar.ts";
import { holidaysAround } from "./holidays.ts";

it.each([
  ["33612345678", null, "FR", ["Europe/Paris"]],
  ["5592991234567", null, "BR", ["America/Manaus"]],
  ["590690123456", null, "GP", ["America/Guadeloupe"]],
  // No number, but the id that Meta made begins with the country.
  [null, "FR.13491208655302741918", "FR", ["Europe/Paris"]],
  // Reserved for films: it belongs to no country, the id tells.
  ["15550100042", "IN.ENT.1349", "IN", ["Asia/Kolkata"]],
  ["15550100042", null, null, ["UTC"]],
  ["87077312345", null, null, ["UTC"]],
  [null, null, null, ["UTC"]],
])("the place of %s, %s", (waId, bsuid, country, zones) => {
  const place = placeOf(waId, bsuid);
  expect(place.country).toBe(country);
  expect(place.zones.map(canonical)).toEqual(zones.map(canonical));
});

/** A zone has old names, too: Asia/Calcutta is Asia/Kolkata. */
function canonical(zone: string): string {
  return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
}

it("leaves a place open where the number does: all zones of the country", () => {
  const { zones } = placeOf("18005550123", null);
  expect(zones).toEqual(expect.arrayContaining(["America/New_York", "America/Los_Angeles", "Pacific/Honolulu"]));
  expect(placeOf("351912345678", null).zones).toContain("Atlantic/Azores");
});

it.each([
  ["FR", "2026-12-20T12:00:00Z", ["2026-12-25", "2027-01-01"]],
  ["FR", "2026-12-26T23:59:59Z", ["2026-12-25", "2027-01-01"]],
  ["FR", "2026-12-27T00:00:00Z", ["2027-01-01"]],
  ["RE", "2026-12-20T12:00:00Z", ["2026-12-20", "2026-12-25", "2027-01-01"]],
  // Not only the first day of a feast of several.
  ["AE", "2026-03-18T12:00:00Z", ["2026-03-20", "2026-03-21", "2026-03-22"]],
  ["AQ", "2026-12-20T12:00:00Z", []],
])("holidays in %s around %s", async (country, at, dates) => {
  expect(await holidaysAround(country, new Date(at))).toEqual(dates);
});
