import { loadWords, type Words } from "@aparte/i18n/i18n.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { ago, dayLabel, duration, timeOf, townOf } from "./when.ts";

const now = new Date(2026, 10, 24, 13, 42);
const daysBefore = (days: number) => new Date(2026, 10, 24 - days, 23, 30).toISOString();
let en: Words;
let fr: Words;

beforeAll(async () => {
  [en, fr] = [await loadWords("en", "en-GB"), await loadWords("fr")];
});

describe("days are named as people name them", () => {
  it.each([
    [0, "Today", "Aujourd’hui"],
    [1, "Yesterday", "Hier"],
    [2, "Sunday", "Dimanche"],
    [6, "Wednesday", "Mercredi"],
    [7, "17 November", "17 novembre"],
    [400, "20 October 2025", "20 octobre 2025"],
  ])("%i days ago is %s", (days, english, french) => {
    expect(dayLabel(daysBefore(days), now, en)).toBe(english);
    expect(dayLabel(daysBefore(days), now, fr)).toBe(french);
  });
});

it.each([
  [1274, "21 h 14 min"],
  [60, "1 h 0 min"],
  [59, "59 min"],
])("%i minutes are %s", (minutes, text) => {
  expect(duration(minutes, en)).toBe(text);
});

it("a time can be told where the person is", () => {
  expect(timeOf("2026-11-24T13:42:00Z", "en-GB", "America/Sao_Paulo")).toBe("10:42");
  expect(townOf("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
});

it("how long ago is told in the largest unit that fits", () => {
  const before = (minutes: number) => ago(new Date(now.getTime() - minutes * 60_000).toISOString(), now, "en");
  expect([before(5), before(90), before(3 * 1440)]).toEqual(["5 minutes ago", "2 hours ago", "3 days ago"]);
});
