import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConsentEntry, ConsentState, ConsentView } from "./consent.ts";
import { defaultPolicy } from "./consent-policy.ts";
import type { MessageView } from "./message.ts";
import { conversationPhase, minutesUntil, panelState, windowNow, type PanelFacts } from "./panel-state.ts";
import type { ConversationSnapshot, RecordView } from "./record-view.ts";

const now = new Date("2026-11-24T12:00:00Z");
const free = { charge: "free", because: "free_service" } as const;
const gate: ConversationSnapshot["gate"] = {
  person: { restricted: false, country: null, zones: [], holidays: [] },
  underReview: false,
  marketingRestsUntil: null,
  marketingSentAt: [],
  unreadInARow: 0,
  budget: null,
  policy: defaultPolicy,
};
const unknown: ConsentState = { state: "unknown" };
const out = (): ConsentState => ({
  state: "opted_out",
  by: { method: "keyword" } as ConsentEntry,
  liftedBy: "person",
});
const consent = (marketing: ConsentState, utility: ConsentState): ConsentView => ({
  marketing,
  utility,
  authentication: unknown,
  service: unknown,
  entries: 1,
});

function conversation(more: Partial<ConversationSnapshot> = {}): ConversationSnapshot {
  return {
    person: { contactId: "c", name: "Ana", e164: "+5511912345678", display: "", timeZone: null },
    channel: {
      id: "n",
      displayPhoneNumber: "",
      verifiedName: "",
      qualityRating: "GREEN",
      usable: true,
      problem: null,
    },
    consent: consent(unknown, unknown),
    window: { state: "closed", lastInboundAt: null },
    blocked: false,
    gate,
    prices: { SERVICE: free, UTILITY: free, AUTHENTICATION: free, MARKETING: free },
    messages: [],
    hasOlder: false,
    templates: [],
    fields: [],
    sync: { state: "nothing_yet", lastSyncedAt: null, reason: null },
    signals: [],
    cursor: "",
    ...more,
  };
}

const header = { ref: { crm: "hubspot", account: "1", type: "contact", id: "1" }, name: "Ana", url: "" } as const;
const matched = { match: null, elsewhere: [], peopleCount: 1, signals: [] };
const ready: RecordView = { state: "ready", record: header, numbers: [], ...matched, conversation: conversation() };
const fine: PanelFacts = { signedIn: true, online: true, reachable: true, recordOpen: true, view: ready };
const openUntil = (closesAt: string) => conversation({ window: { state: "open", closesAt } });

describe("the state of a panel", () => {
  it.each([
    [{ signedIn: false, reachable: false }, { state: "signed_out" }],
    [{ reachable: false }, { state: "api_unreachable", readable: true }],
    [
      { reachable: false, view: null },
      { state: "api_unreachable", readable: false },
    ],
    [
      { reachable: false, online: false },
      { state: "offline", readable: true },
    ],
    [{ recordOpen: false, view: null }, { state: "no_record" }],
    [{ view: null }, { state: "loading" }],
    [{ view: { state: "no_number", record: header, people: [] } }, { state: "no_number" }],
    [{ view: { state: "invalid_number", record: header, numbers: [] } }, { state: "invalid_number" }],
    [
      { view: { state: "unavailable", reason: "crm.not_connected", record: null } },
      { state: "record_unavailable", reason: "crm.not_connected" },
    ],
    [{}, { state: "empty" }],
  ] as const)("is, for %j, %j", (facts, state) => {
    expect(panelState({ ...fine, ...facts }, now)).toEqual(state);
  });

  it("does not call a person offline whose API answers: it may run on the same machine", () => {
    expect(panelState({ ...fine, online: false }, now).state).toBe("empty");
  });

  it("tells nothing about a record to someone who is signed out", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), fc.boolean(), (online, reachable, recordOpen) => {
        expect(panelState({ ...fine, signedIn: false, online, reachable, recordOpen }, now)).toEqual({
          state: "signed_out",
        });
      }),
    );
  });
});

describe("what a conversation allows", () => {
  it("stops at a number that cannot send, with the reason", () => {
    const { channel } = conversation();
    const broken = { ...channel, usable: false, problem: "channels.token_invalid" } as const;
    expect(conversationPhase(conversation({ channel: broken, consent: consent(out(), out()) }), now)).toEqual({
      state: "channel_unusable",
      reason: "channels.token_invalid",
    });
  });

  it.each([
    [consent(out(), unknown), "opted_out"],
    [consent(unknown, out()), "opted_out"],
    [consent(unknown, unknown), "window_open"],
  ])("an opt-out of either kind is told before the window: %j is %s", (given, state) => {
    const open = { ...openUntil("2026-11-25T12:00:00Z"), consent: given };
    expect(conversationPhase(open, now).state).toBe(state);
  });

  it.each([
    ["2026-11-25T12:00:00Z", { state: "window_open", minutesLeft: 1440 }],
    ["2026-11-24T13:00:00Z", { state: "window_open", minutesLeft: 60 }],
    ["2026-11-24T12:59:00Z", { state: "window_closing", minutesLeft: 59 }],
    ["2026-11-24T12:00:01Z", { state: "window_closing", minutesLeft: 1 }],
  ])("a window until %s is %j", (closesAt, phase) => {
    expect(conversationPhase(openUntil(closesAt), now)).toEqual(phase);
  });

  it("a window closes by itself when its time has come", () => {
    const messages = [{}] as unknown as MessageView[];
    expect(conversationPhase({ ...openUntil("2026-11-24T12:00:00Z"), messages }, now)).toEqual({
      state: "window_closed",
      lastInboundAt: "2026-11-23T12:00:00.000Z",
    });
  });

  it("is closed, not empty, when older messages wait on the server", () => {
    expect(conversationPhase(conversation({ hasOlder: true }), now).state).toBe("window_closed");
  });
});

it("the window at a time and the minutes that are left always agree", () => {
  fc.assert(
    fc.property(fc.integer({ min: -3000, max: 3000 }), fc.integer({ min: 0, max: 59_999 }), (minutes, rest) => {
      const closesAt = new Date(now.getTime() + minutes * 60_000 + rest).toISOString();
      const left = minutesUntil(closesAt, now);
      expect(windowNow({ state: "open", closesAt }, now).state).toBe(left > 0 ? "open" : "closed");
      expect(Number.isInteger(left)).toBe(true);
      // Never more than there is: only the last minute counts as whole.
      expect(left * 60_000).toBeLessThanOrEqual(Math.max(60_000, Date.parse(closesAt) - now.getTime()));
    }),
  );
});
