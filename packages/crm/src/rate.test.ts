import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  burstUsed,
  learnPace,
  takeTurn as take,
  unknownPace,
  type Pace,
  type RateState,
  type Urgency,
} from "./rate.ts";

const takeTurn = (pace: Pace, urgency: Urgency, now: number) => take(pace, { urgency, kind: "other" }, now);
const burst = { max: 100, intervalMs: 10_000 };
const told = (state: Partial<RateState>, pace: Pace = unknownPace, now = 0): Pace =>
  learnPace(pace, { burst: null, day: null, ...state }, now);

/** Asks as often as somebody lets it, at one moment. */
function rush(pace: Pace, urgency: Urgency, now: number): { readonly pace: Pace; readonly count: number } {
  let [left, count] = [pace, 0];
  for (let turn = takeTurn(left, urgency, now); turn.ok && count < 10_000; turn = takeTurn(left, urgency, now)) {
    left = turn.pace;
    count += 1;
  }
  return { pace: left, count };
}

describe("a limit per some seconds", () => {
  it("lets people use 95 % of it and work in the background 75 %", () => {
    const known = told({ burst: { ...burst, remaining: 100 } });
    const background = rush(known, "background", 0);
    expect(background.count).toBe(75);
    expect(rush(background.pace, "people", 0).count).toBe(20);
    expect(rush(known, "people", 0).count).toBe(95);
  });

  it("says when to ask again, and then it is so", () => {
    const { pace } = rush(told({ burst: { ...burst, remaining: 100 } }, unknownPace, 500), "people", 500);
    const turn = takeTurn(pace, "people", 700);
    expect(turn).toEqual({ ok: false, waitMs: 10_300, limit: "burst" });
    expect(takeTurn(pace, "people", 700 + 10_300)).toMatchObject({ ok: true });
  });

  it("is never more than 95 % used in any of its windows", () => {
    const steps = fc.array(fc.tuple(fc.nat(3000), fc.constantFrom<Urgency>("people", "background"), fc.nat(40)), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(steps, (list) => {
        let [pace, now] = [told({ burst: { ...burst, remaining: 100 } }), 0];
        const times: number[] = [];
        for (const [pause, urgency, wanted] of list) {
          now += pause;
          for (let asked = 0; asked < wanted; asked += 1) {
            const turn = takeTurn(pace, urgency, now);
            if (!turn.ok) break;
            pace = turn.pace;
            times.push(now);
          }
        }
        for (const end of times) {
          expect(times.filter((time) => time > end - 10_000 && time <= end).length).toBeLessThanOrEqual(95);
        }
      }),
    );
  });

  it("counts what others used", () => {
    const known = told({ burst: { ...burst, remaining: 40 } });
    expect(burstUsed(known, 0)).toBe(60);
    expect(rush(known, "people", 0).count).toBe(35);
  });
});

describe("a limit per day", () => {
  const day = { max: 1000, remaining: 1000 };

  it("keeps the last fifth for people and the last twentieth for nobody", () => {
    const known = told({ day });
    const background = rush(known, "background", 0);
    expect(background.count).toBe(800);
    expect(takeTurn(background.pace, "background", 0)).toEqual({ ok: false, waitMs: 3_600_000, limit: "day" });
    expect(rush(background.pace, "people", 0).count).toBe(150);
  });

  it("is asked about once in an hour when it is used up", () => {
    const spent = told({ day: { ...day, remaining: 40 } });
    expect(rush(spent, "people", 3_599_999).count).toBe(0);
    expect(rush(spent, "people", 3_600_000).count).toBe(1);
    expect(rush(told({ day }, spent, 3_600_000), "people", 3_600_000).count).toBe(950);
  });

  it("does not believe an answer that was overtaken, and does believe a new day", () => {
    const { pace } = rush(told({ day: { ...day, remaining: 500 } }), "people", 0);
    expect(told({ day: { ...day, remaining: 65 } }, pace).day?.used).toBe(950);
    expect(told({ day: { ...day, remaining: 999 } }, pace).day?.used).toBe(1);
    expect(told({ day: { ...day, remaining: 10 } }, pace).day?.used).toBe(990);
  });
});

it("nothing is held back while nothing is known", () => {
  expect(takeTurn(unknownPace, "background", 0)).toMatchObject({ ok: true });
});

it("searches have a limit of their own", () => {
  let [pace, count] = [told({ burst: { ...burst, remaining: 0 } }), 0];
  const search = (now: number) => take(pace, { urgency: "people", kind: "search" }, now);
  for (let turn = search(0); turn.ok; turn = search(0)) {
    pace = turn.pace;
    count += 1;
  }
  expect(count).toBe(4);
  expect(search(0)).toMatchObject({ ok: false, waitMs: 2000 });
  expect(search(2000)).toMatchObject({ ok: true });
});
