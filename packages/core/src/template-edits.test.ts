import { expect, test } from "vitest";
import { editAllowance } from "./template-edits.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();

test("an approved template changes once a day", () => {
  expect(editAllowance("APPROVED", [], now)).toEqual({ can: "now" });
  expect(editAllowance("APPROVED", [ago(24)], now)).toEqual({ can: "now" });
  expect(editAllowance("APPROVED", [ago(23)], now)).toEqual({ can: "later", from: "2026-11-20T13:00:00.000Z" });
});

test("and ten times in 30 days", () => {
  const ten = Array.from({ length: 10 }, (_, index) => ago(25 * (index + 1)));
  expect(editAllowance("APPROVED", ten.slice(1), now)).toEqual({ can: "now" });
  expect(editAllowance("APPROVED", ten, now)).toEqual({ can: "later", from: "2026-12-10T02:00:00.000Z" });
});

test("rejected and paused ones change freely, others not at all", () => {
  expect(editAllowance("REJECTED", [ago(1)], now)).toEqual({ can: "now" });
  expect(editAllowance("PAUSED", [ago(1)], now)).toEqual({ can: "now" });
  expect(editAllowance("PENDING", [], now)).toEqual({ can: "never" });
});
