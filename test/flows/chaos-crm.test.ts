import { describe, expect, it } from "vitest";
import { crms } from "../chaos/crm/books.ts";
import { runCrmChaos } from "../chaos/crm/chaos.ts";

const small = { seed: 20_261_122, messages: 80, sessions: 8, kills: 3 };
const nothingWrong = { missing: 0, doubled: 0, lost: 0, disorder: 0, foreign: 0 };

describe("the connector is killed, answers are lost, and both CRMs are away for an hour", () => {
  for (const [name, uniqueKeys] of [
    ["CRMs that refuse a second entry", true],
    ["CRMs that must be read back", false],
  ] as const) {
    it(`${name} have one entry per session, every message in its order`, { timeout: 300_000 }, async () => {
      const { wrong, kills, mishaps, sent, caughtUpSeconds } = await runCrmChaos({ ...small, uniqueKeys });
      expect(wrong).toEqual(Object.fromEntries(crms.map((crm) => [crm, nothingWrong])));
      expect(kills).toBeGreaterThanOrEqual(small.kills);
      expect(mishaps).toBeGreaterThanOrEqual(10);
      expect(sent).toMatchObject({ asked: small.sessions, arrived: small.sessions });
      expect(caughtUpSeconds).toBeLessThan(600);
    });
  }
});
