import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planEntries, planFrom } from "./log-plan.ts";

const hour = 3_600_000;
const iso = (hours: number) => new Date(Date.UTC(2026, 10, 1) + hours * hour).toISOString();
const at = (hours: number) => ({ at: iso(hours) });
const shape = (messages: readonly { at: string }[], starts: readonly string[]) =>
  planEntries(messages, starts).map((entry) => [entry.sessionStart, entry.messages.map((message) => message.at)]);

describe("planEntries", () => {
  it("gives each session an entry that starts with it", () => {
    expect(shape([at(0), at(1), at(40)], [])).toEqual([
      [iso(0), [iso(0), iso(1)]],
      [iso(40), [iso(40)]],
    ]);
  });

  it("keeps the entry of a session when an earlier message arrives late", () => {
    expect(shape([at(-3), at(0), at(1)], [iso(0)])).toEqual([[iso(0), [iso(-3), iso(0), iso(1)]]]);
  });

  it("leaves two entries apart when a late message joins their sessions", () => {
    expect(shape([at(0), at(20), at(40)], [iso(0), iso(40)])).toEqual([
      [iso(0), [iso(0), iso(20)]],
      [iso(40), [iso(40)]],
    ]);
  });

  it("puts every message into exactly one entry and loses no entry that has messages", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 })), fc.array(fc.nat(400)), (hours, picks) => {
        const starts = [...new Set(picks.map((pick) => hours[pick % (hours.length || 1)]))].flatMap((start) =>
          start === undefined ? [] : [iso(start)],
        );
        const entries = planEntries(hours.map(at), starts);
        const planned = entries.flatMap((entry) => entry.messages.map((message) => message.at));
        expect(planned.toSorted()).toEqual(hours.map(iso).toSorted());
        expect(entries.map((entry) => entry.sessionStart)).toEqual(expect.arrayContaining(starts));
        expect(new Set(entries.map((entry) => entry.sessionStart)).size).toBe(entries.length);
      }),
    );
  });
});

describe("planFrom", () => {
  const now = Date.parse(iso(24 * 60));

  it("reads 30 days back, and further only as far as the entry that may reach into them", () => {
    expect(planFrom([], now)).toBe(Date.parse(iso(24 * 30)));
    expect(planFrom([iso(24 * 40)], now)).toBe(Date.parse(iso(24 * 30)));
    expect(planFrom([iso(24 * 5), iso(24 * 29), iso(24 * 40)], now)).toBe(Date.parse(iso(24 * 29)));
  });
});
