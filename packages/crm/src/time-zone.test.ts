import { expect, it } from "vitest";
import { timeZoneOf } from "./time-zone.ts";

it.each([
  ["hs_timezone", "us_slash_eastern", "America/New_York"],
  ["hs_timezone", "america_slash_argentina_slash_buenos_aires", "America/Buenos_Aires"],
  ["hs_timezone", "us_slash_east_hyphen_indiana", "America/Indianapolis"],
  ["hs_timezone", "america_slash_port_hyphen_au_hyphen_prince", "America/Port-au-Prince"],
  ["hs_timezone", "navajo", "America/Denver"],
  ["Time_Zone__c", "Europe/Paris", "Europe/Paris"],
  ["TimeZone__pc", "(GMT-05:00) Eastern Standard Time (America/New_York)", "America/New_York"],
  ["timezone", " Asia/Tokyo ", "Asia/Tokyo"],
  ["Time_Zone__c", "the one of our branch", null],
  ["Time_Zone__c", "", null],
  ["hs_timezone", "us_slash_gone", null],
  // Of the machine that was last seen, and of when it was read: not what the firm says of the person.
  ["hs_ip_timezone", "Europe/Paris", null],
  ["timezone_read_at__c", "Europe/Paris", null],
])("%s holding %j is %s", (name, value, zone) => {
  expect(
    timeZoneOf(
      new Map([
        ["lastname", "Europe/Rome"],
        [name, value],
      ]),
    ),
  ).toBe(zone);
});

it("goes on to the next field where one holds no zone", () => {
  expect(
    timeZoneOf(
      new Map([
        ["timezone", "?"],
        ["hs_timezone", "europe_slash_madrid"],
      ]),
    ),
  ).toBe("Europe/Madrid");
});
