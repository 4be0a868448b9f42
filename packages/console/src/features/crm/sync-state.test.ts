import { expect, test } from "vitest";
import { failedCount, syncStateOf } from "./sync-state.ts";

const at = "2026-11-22T10:00:00Z";
const fine = { state: "connected", failed: [], unreachableSince: null, rests: null, waiting: 0 } as const;
const failed = [
  { reason: "crm.permission_missing", count: 3 },
  { reason: "crm.refused_by_crm", count: 1 },
] as const;

test("what somebody has to mend is said before what ends by itself", () => {
  const resting = { ...fine, waiting: 2, rests: { until: at, why: "asked_to_wait" as const } };
  const away = { ...resting, unreachableSince: at };
  const refused = { ...away, failed };
  const ended = { ...refused, state: "ended" as const };
  const states = [fine, { ...fine, waiting: 2 }, resting, away, refused, ended].map(syncStateOf);
  expect(states).toEqual(["fine", "waiting", "resting", "away", "refused", "ended"]);
});

test("refused entries are counted whatever the reason", () => {
  expect(failedCount({ failed })).toBe(4);
  expect(failedCount(fine)).toBe(0);
});
