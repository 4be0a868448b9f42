import { expect, it } from "vitest";
import { control, levelsFor, runFenceChaos } from "../chaos/fence/chaos.ts";

it(
  "lets no advertisement leave after an opt-out, while sends tarry and workers are killed",
  { timeout: 300_000 },
  async () => {
    const levels = [control, ...levelsFor(600, 4)];
    const { levels: results, otherwise } = await runFenceChaos({ seed: 20_261_122, levels, log: console.log });
    console.log(JSON.stringify(results, null, 1));
    expect(results.length).toBe(5);
    expect(otherwise).toBe(0);
  },
);
