import { describe, expect, it } from "vitest";
import type { ConsentEvent, ConsentView } from "./consent.ts";
import { foldConsent } from "./consent.ts";
import { sendPolicy, type SendFacts } from "./send-policy.ts";
import type { TemplateView } from "./template.ts";

const now = "2026-11-22T10:00:00.000Z";

function consentEvent(change: Partial<ConsentEvent>): ConsentEvent {
  return {
    id: "1",
    purpose: "marketing",
    action: "grant",
    method: "phone_call",
    occurredAt: now,
    recordedAt: now,
    wording: "Yes, send me offers",
    actor: null,
    ...change,
  };
}

function facts(change: Partial<SendFacts> = {}): SendFacts {
  return {
    channelUsable: true,
    consent: foldConsent([]),
    marketingRestsUntil: null,
    window: { state: "open", closesAt: "2026-11-23T10:00:00.000Z" },
    ...change,
  };
}

function template(change: Partial<TemplateView> = {}): TemplateView {
  return {
    id: "t",
    name: "quote_ready",
    language: "en_US",
    category: "UTILITY",
    status: "APPROVED",
    rejectedReason: null,
    unsupported: [],
    shape: {
      header: null,
      headerMedia: null,
      offer: null,
      body: "Hi {{first_name}}, your quote is ready.",
      footer: null,
      buttons: [],
      cards: [],
      parameterFormat: "NAMED",
      examples: {},
    },
    ...change,
  };
}

const values = { "body.first_name": "Ana" };
const stopped: ConsentView = foldConsent([
  consentEvent({}),
  consentEvent({ id: "2", action: "withdraw" }),
  consentEvent({ id: "3", action: "withdraw", purpose: "utility" }),
]);

describe("sendPolicy", () => {
  it("lets a reply through an open window, even after an opt-out", () => {
    expect(
      sendPolicy({ kind: "free", content: { kind: "text", text: "Hello" } }, facts({ consent: stopped })),
    ).toBeNull();
  });

  it.each([
    ["messaging.window_closed", "Hello", facts({ window: { state: "closed", lastInboundAt: null } })],
    ["messaging.content_invalid", " \n", facts()],
    ["messaging.content_invalid", "x".repeat(4097), facts()],
    ["channels.unusable", "Hello", facts({ channelUsable: false })],
  ] as const)("refuses a text with %s", (code, text, given) => {
    expect(sendPolicy({ kind: "free", content: { kind: "text", text } }, given)?.refused).toBe(code);
  });

  it.each([
    ["templates.paused", template({ status: "PAUSED" }), facts()],
    ["templates.not_approved", template({ status: "REJECTED" }), facts()],
    ["consent.missing", template({ category: "MARKETING" }), facts()],
    ["consent.opted_out", template({ category: "MARKETING" }), facts({ consent: stopped })],
    ["consent.opted_out", template(), facts({ consent: stopped })],
    [
      "messaging.marketing_rests",
      template({ category: "MARKETING" }),
      facts({ consent: foldConsent([consentEvent({})]), marketingRestsUntil: "2026-11-23T10:00:00.000Z" }),
    ],
  ] as const)("refuses a template with %s", (code, given, state) => {
    expect(sendPolicy({ kind: "template", template: given, values }, state)?.refused).toBe(code);
  });

  it("names the field whose value is missing or would be refused by WhatsApp", () => {
    const intent = { kind: "template", template: template() } as const;
    expect(sendPolicy({ ...intent, values: {} }, facts())).toMatchObject({
      refused: "templates.value_missing",
      facts: { field: "first_name" },
    });
    expect(sendPolicy({ ...intent, values: { "body.first_name": "A\nB" } }, facts())?.refused).toBe(
      "templates.value_invalid",
    );
    expect(sendPolicy({ ...intent, values }, facts())).toBeNull();
  });

  it("allows marketing with a recorded opt-in", () => {
    const consent = foldConsent([consentEvent({})]);
    const marketing = template({ category: "MARKETING" });
    expect(sendPolicy({ kind: "template", template: marketing, values }, facts({ consent }))).toBeNull();
  });
});
