import { expect, it } from "vitest";
import { runChaos } from "../chaos/chaos.ts";

it("keeps every promise while its parts are killed", { timeout: 150_000 }, async () => {
  const { ends, violations, kills, losses } = await runChaos({ seed: 20_261_122, messages: 60, kills: 5 });
  expect(violations).toEqual([]);
  const all = Object.values(ends);
  expect(all.reduce((sum, { acknowledged }) => sum + acknowledged, 0)).toBe(60);
  const killed = kills.worker + kills.api + kills.postgres;
  expect(killed).toBeGreaterThanOrEqual(5);
  // Nobody knows only of requests that were lost, or about to leave when something was killed.
  const unconfirmed = all.reduce((sum, end) => sum + end.unconfirmed, 0);
  expect(unconfirmed).toBeLessThanOrEqual(losses.requestLost + 2 * killed);
});
