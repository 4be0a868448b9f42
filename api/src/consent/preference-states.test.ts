import { begunByUs, type ConsentEntry } from "@aparte/core/consent.ts";
import { describe, expect, it } from "vitest";
import { preferencesOf } from "./preference-states.ts";

const now = new Date("2026-03-01T12:00:00Z");
let entries = 0;

function entry(change: Partial<ConsentEntry>): ConsentEntry {
  entries += 1;
  const at = new Date(now.getTime() - 86_400_000 + entries * 60_000).toISOString();
  return {
    id: String(entries).padStart(6, "0"),
    purpose: "marketing",
    channelId: null,
    action: "given",
    method: "in_person",
    occurredAt: at,
    recordedAt: at,
    expiresAt: null,
    wording: "Yes",
    language: null,
    actor: null,
    evidence: {},
    annuls: null,
    ...change,
  };
}

function marketing(list: readonly ConsentEntry[]) {
  const [first] = preferencesOf(list, now);
  return first;
}

describe("what a person sees of their choices", () => {
  it("is that nothing was chosen, at first: everything can be stopped and allowed", () => {
    expect(preferencesOf([], now)).toEqual(
      begunByUs.map((purpose) => ({
        purpose,
        state: "unknown",
        until: null,
        inWhatsApp: false,
        canStop: true,
        canAllow: true,
      })),
    );
  });

  it("is allowed as soon as one number may write, with the end of it", () => {
    const until = "2027-01-01T00:00:00.000Z";
    const list = [entry({ action: "withdrawn" }), entry({ channelId: "one", expiresAt: until })];
    expect(marketing(list)).toMatchObject({ state: "allowed", until, canStop: true, canAllow: true });
    expect(marketing([...list, entry({ action: "withdrawn" })])).toMatchObject({ state: "stopped", canStop: false });
  });

  it("is stopped by one number's stop alone, and can still be stopped for the others", () => {
    expect(marketing([entry({ action: "withdrawn", channelId: "one" })])).toMatchObject({
      state: "stopped",
      canStop: true,
      canAllow: true,
    });
  });

  it("is expired when its time is over", () => {
    expect(marketing([entry({ expiresAt: "2026-02-28T23:59:59.000Z" })])).toMatchObject({
      state: "expired",
      until: null,
      canStop: true,
      canAllow: true,
    });
  });

  it("is WhatsApp's own switch above everything, beside which a stop of ours can still be said", () => {
    const switched = entry({ action: "withdrawn", method: "whatsapp_preference", channelId: "one" });
    expect(marketing([entry({}), switched])).toMatchObject({ state: "stopped", inWhatsApp: true, canStop: true });
    expect(marketing([entry({}), switched, entry({ action: "withdrawn" })])).toMatchObject({
      state: "stopped",
      inWhatsApp: true,
      canStop: false,
    });
    const lifted = entry({ action: "resumed", method: "whatsapp_preference", channelId: "one" });
    expect(marketing([entry({}), switched, lifted])).toMatchObject({ state: "allowed", inWhatsApp: false });
  });
});
