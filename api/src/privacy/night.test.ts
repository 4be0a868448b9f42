import { expect, it } from "vitest";
import { nightAfter } from "./night.ts";

it.each([
  ["UTC", "2026-11-22T12:00:00Z", "2026-11-23T03:00:00.000Z"],
  ["Europe/Paris", "2026-11-22T12:00:00Z", "2026-11-23T02:00:00.000Z"],
  ["Europe/Paris", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00.000Z"],
  ["Europe/Paris", "2026-10-24T12:00:00Z", "2026-10-25T02:00:00.000Z"],
  ["America/New_York", "2026-03-07T12:00:00Z", "2026-03-08T07:00:00.000Z"],
  ["Asia/Kolkata", "2026-11-22T12:00:00Z", "2026-11-22T22:00:00.000Z"],
  ["UTC", "2026-11-22T03:00:00Z", "2026-11-23T03:00:00.000Z"],
])("in %s, from %s on, it is %s", (zone, now, night) => {
  expect(nightAfter(new Date(now), zone).toISOString()).toBe(night);
});
