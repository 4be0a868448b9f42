import { beforeAll, describe, expect, it } from "vitest";
import { control, levelsFor, runFenceChaos, type FenceResult } from "../chaos/fence/chaos.ts";

let result: FenceResult;
beforeAll(async () => {
  result = await runFenceChaos({ seed: 20_261_122, levels: [control, ...levelsFor(400, 3)] });
}, 600_000);

const levelsWith = (isFenced: boolean) => result.levels.filter(({ level }) => level.fenced === isFenced);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe("opt-outs against sends in flight, while sends tarry and workers are killed", () => {
  it("let no advertisement reach WhatsApp after they were acknowledged", () => {
    expect(levelsWith(true).map(({ level, ends }) => [level.name, ends.violations])).toEqual([
      ["calm", 0],
      ["1 in flight", 0],
      ["24 in flight", 0],
      ["64 in flight", 0],
    ]);
    expect(sum(result.levels.map(({ kills }) => kills))).toBeGreaterThanOrEqual(3);
  });

  it("would be overtaken without the fence", () => {
    expect(sum(levelsWith(false).map(({ ends }) => ends.violations))).toBeGreaterThan(0);
  });

  it("meet advertisements that are queued, under way and gone", () => {
    for (const { ends } of levelsWith(true).filter(({ level }) => level.slowestMs > 0)) {
      expect(ends.stopped).toBeGreaterThan(0);
      expect(ends.waitedFor).toBeGreaterThan(0);
    }
    expect(sum(levelsWith(true).map(({ ends }) => ends.before))).toBeGreaterThan(20);
  });

  it("come by every door", () => {
    const doors = ["panel", "stop", "preference", "crm"] as const;
    const counts = doors.map((door) => sum(result.levels.map(({ took }) => took[door].count)));
    expect(Math.min(...counts)).toBeGreaterThan(5);
  });

  it("are measured beside commits of nothing, on the same disk", () => {
    expect(Math.min(...result.levels.map(({ bareCommit }) => bareCommit.count))).toBeGreaterThan(5);
  });

  it("are why everything that was still queued has ended", () => {
    expect(result.otherwise).toBe(0);
    expect(result.cancelled.count).toBeGreaterThan(50);
  });
});
