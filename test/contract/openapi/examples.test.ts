import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { misfits } from "./answers.ts";
import { REQUESTS, titleOf } from "./condensed.ts";
import { fill } from "./filling.ts";
import { KNOWN_MISFITS, OUTDATED } from "./outdated.ts";
import { inShort, openPlatform, type Platform } from "./platform.ts";

let platform: Platform;
beforeAll(async () => void (platform = await openPlatform()));
beforeEach(() => platform.steer("reset", {}));
afterAll(() => platform?.close());

const seen = new Set<string>();
const CURRENT = REQUESTS.filter((example) => OUTDATED[titleOf(example)] === undefined);

describe("a request of Meta's OpenAPI file is accepted, and its answer fits Meta's schema:", () => {
  it.each(CURRENT.map((example) => [titleOf(example), example] as const))("%s", async (_title, example) => {
    const asked = await fill(platform, example);
    const answer = await platform.ask(asked);
    expect(answer.status, inShort(answer)).toBe(200);
    const key = `${example.method} ${example.path}`;
    const known = Object.keys(KNOWN_MISFITS[key] ?? {});
    const differences = misfits(example, answer.body);
    expect(differences.filter((difference) => !known.includes(difference)).join("; ")).toBe("");
    for (const difference of differences) seen.add(`${key} ${difference}`);
  });
});

describe("the list of known differences", () => {
  it("has none that is no longer seen", () => {
    const known = Object.entries(KNOWN_MISFITS).flatMap(([key, differences]) =>
      Object.keys(differences).map((difference) => `${key} ${difference}`),
    );
    expect(known.filter((difference) => !seen.has(difference))).toEqual([]);
  });
});

describe("the list of outdated requests", () => {
  it("is short, gives reasons, and names requests that the file has", () => {
    const titles = REQUESTS.map(titleOf);
    expect(Object.keys(OUTDATED).filter((title) => !titles.includes(title))).toEqual([]);
    expect(Object.keys(OUTDATED).length).toBeLessThan(CURRENT.length / 20);
    for (const reason of Object.values(OUTDATED)) expect(reason.length).toBeGreaterThan(20);
  });
});
