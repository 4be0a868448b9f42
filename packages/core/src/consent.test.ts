import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { consentPurposes, foldConsent, knownAt, type ConsentEntry, type FoldAt } from "./consent.ts";

const start = Date.parse("2026-01-01T00:00:00Z");
const hour = (count: number) => new Date(start + count * 3_600_000).toISOString();
const [own, other] = ["number-1", "number-2"];
const at: FoldAt = { now: new Date(hour(100)), channelId: own };

function entry(change: Partial<ConsentEntry>): ConsentEntry {
  return {
    id: "1",
    purpose: "marketing",
    channelId: null,
    action: "given",
    method: "phone_call",
    occurredAt: hour(0),
    recordedAt: hour(0),
    expiresAt: null,
    wording: "words",
    language: null,
    actor: null,
    evidence: {},
    annuls: null,
    ...change,
  };
}

const anyEntry = fc
  .record({
    id: fc.uuid(),
    purpose: fc.constantFrom(...consentPurposes),
    channelId: fc.constantFrom(null, own, other),
    action: fc.constantFrom("given", "confirmed", "imported", "withdrawn", "expired", "resumed"),
    method: fc.constantFrom("phone_call", "import", "whatsapp_preference", "whatsapp_error"),
    occurredAt: fc.integer({ min: 0, max: 5 }).map(hour),
    recordedAt: fc.integer({ min: 0, max: 9 }).map(hour),
    expiresAt: fc.option(fc.integer({ min: 0, max: 200 }).map(hour)),
  } satisfies { [K in keyof ConsentEntry]?: fc.Arbitrary<ConsentEntry[K]> })
  .map(entry);
const ledgers = fc.uniqueArray(anyEntry, { selector: (item) => item.id, maxLength: 12 });

describe("every ledger", () => {
  it("does not depend on order or repetition", () => {
    fc.assert(
      fc.property(ledgers, (entries) => {
        const view = foldConsent(entries, at);
        expect(foldConsent(entries.toReversed(), at)).toEqual(view);
        expect(foldConsent([...entries, ...entries], at)).toEqual(view);
      }),
    );
  });

  it("reads as if an annulled entry had never been written", () => {
    fc.assert(
      fc.property(ledgers, fc.nat(), (entries, pick) => {
        const slip = entries[pick % Math.max(1, entries.length)];
        fc.pre(slip !== undefined);
        const annulled = entry({ id: "undo", action: "annulled", purpose: slip.purpose, annuls: slip.id });
        const without = entries.filter(({ id }) => id !== slip.id);
        const { entries: count, ...states } = foldConsent(without, at);
        expect(foldConsent([...entries, annulled], at)).toEqual({ ...states, entries: count + 2 });
      }),
    );
  });

  it("never allows more because of one more withdrawal, whoever it came from", () => {
    fc.assert(
      fc.property(ledgers, anyEntry, (entries, more) => {
        const before = foldConsent(entries, at)[more.purpose].state;
        const after = foldConsent([...entries, { ...more, action: "withdrawn" }], at)[more.purpose].state;
        if (before !== "opted_in") expect(after).not.toBe("opted_in");
      }),
    );
  });

  it("never lets an import beat a withdrawal of the same purpose", () => {
    fc.assert(
      fc.property(ledgers, anyEntry, (entries, more) => {
        const stop = entry({ id: "stop", action: "withdrawn", occurredAt: hour(3) });
        const later = {
          ...more,
          purpose: "marketing",
          action: "imported",
          method: "import",
          occurredAt: hour(50),
        } as const;
        expect(foldConsent([...entries, stop, later], at).marketing).toEqual(
          foldConsent([...entries, stop], at).marketing,
        );
      }),
    );
  });
});

describe("the decision that happened last", () => {
  it("wins, at whatever moment it was written down", () => {
    const stop = entry({ id: "2", action: "withdrawn", occurredAt: hour(1), recordedAt: hour(1) });
    const older = entry({ id: "3", occurredAt: hour(0), recordedAt: hour(9) });
    expect(foldConsent([stop, older], at).marketing.state).toBe("opted_out");
    expect(foldConsent([stop, entry({ id: "4", occurredAt: hour(2) })], at).marketing.state).toBe("opted_in");
  });

  it("is the withdrawal when both look as if they happened in one second: Meta tells whole ones", () => {
    const given = entry({ id: "9", occurredAt: "2026-11-22T10:00:05.400Z" });
    const stop = entry({ id: "1", action: "withdrawn", method: "keyword", occurredAt: "2026-11-22T10:00:05.000Z" });
    expect(foldConsent([given, stop], at).marketing.state).toBe("opted_out");
    const later = { ...given, occurredAt: "2026-11-22T10:00:06.000Z" };
    expect(foldConsent([later, stop], at).marketing.state).toBe("opted_in");
  });

  it("ends with its time", () => {
    const given = entry({ expiresAt: hour(10) });
    expect(foldConsent([given], { ...at, now: new Date(hour(9)) }).marketing).toMatchObject({
      state: "opted_in",
      until: hour(10),
    });
    expect(foldConsent([given], { ...at, now: new Date(hour(10)) }).marketing.state).toBe("expired");
  });

  it("stays a withdrawal when a consent ends after it", () => {
    const stop = entry({ id: "2", action: "withdrawn", occurredAt: hour(1) });
    const end = entry({ id: "3", action: "expired", method: "expiry", occurredAt: hour(5) });
    expect(foldConsent([entry({}), stop, end], at).marketing.state).toBe("opted_out");
    expect(foldConsent([entry({}), end], at).marketing.state).toBe("expired");
    expect(foldConsent([entry({}), end, entry({ id: "4", occurredAt: hour(6) })], at).marketing.state).toBe("opted_in");
  });

  it("to one number is none to another, and a withdrawal without a number is one to all", () => {
    const here = entry({ channelId: own });
    expect(foldConsent([here], at).marketing.state).toBe("opted_in");
    expect(foldConsent([here], { ...at, channelId: other }).marketing.state).toBe("unknown");
    expect(foldConsent([here], { ...at, channelId: null }).marketing.state).toBe("unknown");
    const stop = entry({ id: "2", action: "withdrawn", occurredAt: hour(1) });
    expect(foldConsent([here, stop], at).marketing.state).toBe("opted_out");
  });

  it("is not an import for somebody who ever withdrew", () => {
    const imported = entry({ id: "5", action: "imported", method: "import", occurredAt: hour(9) });
    expect(foldConsent([imported], at).marketing.state).toBe("opted_in");
    const stop = entry({ id: "2", action: "withdrawn", occurredAt: hour(1) });
    const again = entry({ id: "3", occurredAt: hour(2) });
    expect(foldConsent([imported, stop], at).marketing.state).toBe("opted_out");
    expect(foldConsent([imported, stop, again], at).marketing).toMatchObject({ state: "opted_in", by: { id: "3" } });
  });
});

describe("what was switched off in WhatsApp", () => {
  const stop = entry({
    id: "2",
    action: "withdrawn",
    method: "whatsapp_preference",
    channelId: own,
    occurredAt: hour(1),
  });
  const given = entry({ id: "3", occurredAt: hour(5) });

  it("blocks at every number, whatever the person told us later", () => {
    for (const channelId of [own, other, null]) {
      expect(foldConsent([stop, given], { ...at, channelId }).marketing).toMatchObject({
        state: "opted_out",
        liftedBy: "person_in_whatsapp",
      });
    }
  });

  it("is lifted there alone, at the same number, and lifts nothing else", () => {
    const resumed = entry({
      id: "4",
      action: "resumed",
      method: "whatsapp_preference",
      channelId: own,
      occurredAt: hour(6),
    });
    expect(foldConsent([stop, given, resumed], at).marketing.state).toBe("opted_in");
    expect(foldConsent([stop, given, { ...resumed, channelId: other }], at).marketing.state).toBe("opted_out");
    expect(foldConsent([stop, resumed], at).marketing.state).toBe("unknown");
    const word = entry({ id: "6", action: "withdrawn", method: "keyword", occurredAt: hour(2) });
    expect(foldConsent([stop, resumed, word], at).marketing).toMatchObject({ state: "opted_out", liftedBy: "person" });
  });
});

it("tells what was known at a moment in the past", () => {
  const told = entry({ id: "2", action: "withdrawn", occurredAt: hour(1), recordedAt: hour(8) });
  const given = entry({ recordedAt: hour(0) });
  const then = (moment: string) =>
    foldConsent(knownAt([told, given], new Date(moment)), { ...at, now: new Date(moment) });
  expect(then(hour(7)).marketing.state).toBe("opted_in");
  expect(then(hour(8)).marketing.state).toBe("opted_out");
});
