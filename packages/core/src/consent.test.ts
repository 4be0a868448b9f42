import fc from "fast-check";
import { expect, it } from "vitest";
import { foldConsent, type ConsentEvent } from "./consent.ts";

const start = Date.parse("2026-01-01T00:00:00Z");
const event = fc.record({
  id: fc.uuid(),
  purpose: fc.constantFrom("marketing", "utility"),
  action: fc.constantFrom("grant", "withdraw"),
  method: fc.constant("phone_call"),
  occurredAt: fc.integer({ min: 0, max: 5 }).map((hour) => new Date(start + hour * 3_600_000).toISOString()),
  recordedAt: fc.constant(new Date(start).toISOString()),
  wording: fc.constant("words"),
  actor: fc.constant(null),
}) satisfies fc.Arbitrary<ConsentEvent>;

it("does not depend on order or repetition", () => {
  fc.assert(
    fc.property(fc.uniqueArray(event, { selector: (item) => item.id }), (events) => {
      const view = foldConsent(events);
      expect(foldConsent(events.toReversed())).toEqual(view);
      expect(foldConsent([...events, ...events])).toEqual(view);
    }),
  );
});

it("lets the withdrawal win when both happened at the same instant", () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1 }), (events) => {
      const view = foldConsent(events);
      for (const purpose of ["marketing", "utility"] as const) {
        const mine = events.filter((item) => item.purpose === purpose);
        const last = mine
          .map((item) => item.occurredAt)
          .toSorted()
          .at(-1);
        const stop = mine.some((item) => item.occurredAt === last && item.action === "withdraw");
        expect(view[purpose].state).toBe(mine.length === 0 ? "unknown" : stop ? "opted_out" : "opted_in");
      }
    }),
  );
});

it("does not let a grant win that only looks later because Meta tells whole seconds", () => {
  const common = { purpose: "marketing", method: "keyword", recordedAt: "", wording: "", actor: null } as const;
  const grant = { ...common, id: "a", action: "grant", occurredAt: "2026-11-22T10:00:05.400Z" } as const;
  const stop = { ...common, id: "b", action: "withdraw", occurredAt: "2026-11-22T10:00:05.000Z" } as const;
  expect(foldConsent([grant, stop]).marketing.state).toBe("opted_out");
  const later = { ...grant, id: "c", occurredAt: "2026-11-22T10:00:06.000Z" };
  expect(foldConsent([later, stop]).marketing.state).toBe("opted_in");
});
