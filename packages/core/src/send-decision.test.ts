import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultPolicy, type ConsentPolicy } from "./consent-policy.ts";
import { foldConsent, type ConsentEntry, type ConsentPurpose } from "./consent.ts";
import { errorRule } from "./errors.ts";
import { decideSend, sendOrigins, sendRefusal, type SendFacts, type SendIntent } from "./send-decision.ts";
import type { TemplateView } from "./template.ts";

/** A Monday, 11:00 in Paris. */
const now = "2026-11-23T10:00:00.000Z";
const hour = 3_600_000;

function entry(change: Partial<ConsentEntry> = {}): ConsentEntry {
  return {
    id: "1",
    purpose: "marketing",
    channelId: null,
    action: "given",
    method: "phone_call",
    occurredAt: "2026-11-01T10:00:00.000Z",
    recordedAt: "2026-11-01T10:00:00.000Z",
    expiresAt: null,
    wording: "Yes, send me offers",
    language: "en",
    actor: null,
    evidence: {},
    annuls: null,
    ...change,
  };
}

const fold = (...entries: ConsentEntry[]) => foldConsent(entries, { now: new Date(now), channelId: null });
const agreed = fold(entry());
const stopped = (purpose: ConsentPurpose) =>
  fold(entry(), entry({ id: "2", purpose, action: "withdrawn", occurredAt: now }));

function policy(change: Partial<ConsentPolicy> = {}): ConsentPolicy {
  return { ...defaultPolicy, ...change };
}

const person = { restricted: false, country: "FR", zones: ["Europe/Paris"], holidays: [] } as const;

function facts(change: Partial<SendFacts> = {}): SendFacts {
  return {
    now,
    origin: "campaign",
    channel: { usable: true, problem: null },
    blocked: false,
    person,
    consent: agreed,
    underReview: false,
    window: { state: "open", closesAt: "2026-11-24T10:00:00.000Z" },
    marketingRestsUntil: null,
    marketingSentAt: [],
    unreadInARow: 0,
    budget: null,
    policy: defaultPolicy,
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
const using = (given: TemplateView) => ({ kind: "template", template: given, values }) as const;
const utility = using(template());
const marketing = using(template({ category: "MARKETING" }));
const code = using(template({ category: "AUTHENTICATION" }));
const text = (words: string): SendIntent => ({ kind: "free", content: { kind: "text", text: words } });
const reply = text("Hello");

const codesOf = (intent: SendIntent, given: SendFacts) => decideSend(intent, given).reasons.map((one) => one.code);
const budget = (spent: number) => {
  const costs = { SERVICE: 0.1, UTILITY: 0.1, AUTHENTICATION: 0.1, MARKETING: 1 };
  return { limit: 10, spent, currency: "EUR", costs };
};
const ago = (hours: number) => new Date(Date.parse(now) - hours * hour).toISOString();
const later = (hours: number) => ago(-hours);
const night = "2026-11-23T23:00:00.000Z";

describe("decideSend", () => {
  it.each([
    ["nothing", reply, facts()],
    ["nothing: a reply goes on after a stop of what we begin", reply, facts({ consent: stopped("marketing") })],
    ["nothing: replies and codes know no night", reply, facts({ now: night })],
    ["nothing", code, facts({ now: night, marketingSentAt: [ago(1)], budget: budget(10) })],
    ["nothing", utility, facts()],
    ["nothing: caps are about marketing", utility, facts({ marketingSentAt: [ago(1)], unreadInARow: 9 })],
    ["nothing: a doubtful word pauses marketing alone", utility, facts({ underReview: true })],
    ["nothing", marketing, facts()],
    ["nothing: the last one is a day old", marketing, facts({ marketingSentAt: [ago(24)] })],
    ["nothing: the rest is over", marketing, facts({ marketingRestsUntil: now })],
    ["nothing: the last of the budget", marketing, facts({ budget: budget(9) })],
  ])("speaks %s against what may leave", (_, intent, given) => {
    expect(decideSend(intent, given)).toEqual({ allowed: true, reasons: [], warnings: [], until: null });
  });

  it.each([
    ["channels.unusable", reply, facts({ channel: { usable: false, problem: "channels.token_invalid" } })],
    ["contacts.restricted", reply, facts({ person: { ...person, restricted: true } })],
    ["messaging.country_closed", reply, facts({ person: { ...person, country: "KP" } })],
    ["messaging.country_closed", marketing, facts({ policy: policy({ regulated: ["FR"] }) })],
    ["contacts.blocked", reply, facts({ blocked: true })],
    ["consent.opted_out", reply, facts({ consent: stopped("service") })],
    ["messaging.window_closed", reply, facts({ window: { state: "closed", lastInboundAt: null } })],
    ["messaging.content_invalid", text(" \n"), facts()],
    ["messaging.content_invalid", text("x".repeat(4097)), facts()],
    ["templates.paused", using(template({ status: "PAUSED" })), facts()],
    ["templates.not_approved", using(template({ status: "REJECTED" })), facts()],
    ["templates.unsupported", using(template({ unsupported: ["MPM"] })), facts()],
    ["templates.value_missing", { ...utility, values: {} }, facts()],
    ["templates.value_invalid", { ...utility, values: { "body.first_name": "A\nB" } }, facts()],
    ["consent.missing", marketing, facts({ consent: fold() })],
    ["consent.utility_missing", utility, facts({ policy: policy({ utilityNeedsConsent: true }) })],
    ["consent.expired", marketing, facts({ consent: fold(entry({ expiresAt: now })) })],
    ["consent.opted_out", marketing, facts({ consent: stopped("marketing") })],
    ["consent.opted_out", utility, facts({ consent: stopped("utility") })],
    ["consent.opted_out", code, facts({ consent: stopped("authentication") })],
    ["consent.under_review", marketing, facts({ underReview: true })],
    ["messaging.marketing_rests", marketing, facts({ marketingRestsUntil: later(1) })],
    ["messaging.quiet_hours", marketing, facts({ now: night })],
    ["messaging.quiet_hours", utility, facts({ now: night })],
    ["messaging.quiet_hours", marketing, facts({ person: { ...person, holidays: ["2026-11-23"] } })],
    ["messaging.cap_reached", marketing, facts({ marketingSentAt: [ago(1)] })],
    ["messaging.unread_rest", marketing, facts({ marketingSentAt: [ago(200)], unreadInARow: 3 })],
    ["messaging.budget_spent", marketing, facts({ budget: budget(9.01) })],
  ] as const)("says %s", (reason, intent, given) => {
    expect(codesOf(intent, given)).toEqual([reason]);
  });

  it("tells all reasons, what nobody at the keyboard can change first", () => {
    const worst = facts({
      channel: { usable: false, problem: null },
      blocked: true,
      consent: stopped("marketing"),
      now: night,
      marketingSentAt: [ago(1)],
      budget: budget(10),
    });
    const given = using(template({ category: "MARKETING", status: "PAUSED" }));
    expect(codesOf({ ...given, values: {} }, worst)).toEqual([
      "channels.unusable",
      "contacts.blocked",
      "templates.paused",
      "consent.opted_out",
      "messaging.quiet_hours",
      "messaging.cap_reached",
      "messaging.budget_spent",
      "templates.value_missing",
    ]);
  });

  it("says when the gate opens by itself: with the last of the reasons that pass", () => {
    const restsUntil = later(30);
    const given = facts({ now: night, marketingSentAt: [ago(1)], marketingRestsUntil: restsUntil });
    expect(decideSend(marketing, given).reasons.map((one) => one.until)).toEqual([
      restsUntil,
      "2026-11-24T08:00:00.000Z",
      later(23),
    ]);
    expect(decideSend(marketing, given).until).toBe(restsUntil);
    expect(decideSend(marketing, { ...given, blocked: true }).until).toBeNull();
  });

  it("names the cap that holds longest, and never frees one of nothing", () => {
    const sent = [ago(2), ago(100)];
    expect(decideSend(marketing, facts({ marketingSentAt: sent })).reasons).toEqual([
      { code: "messaging.cap_reached", facts: { limit: "2", days: "7" }, until: later(68) },
    ]);
    const none = policy({ caps: { ...defaultPolicy.caps, month: 0 } });
    expect(decideSend(marketing, facts({ marketingSentAt: sent, policy: none })).until).toBeNull();
  });

  it("warns a person where it stops a machine, unless the firm binds people, too", () => {
    const given = facts({ now: night, marketingSentAt: [ago(1)], origin: "person" });
    const free = decideSend(marketing, given);
    expect([free.allowed, free.warnings.map((one) => one.code)]).toEqual([
      true,
      ["messaging.quiet_hours", "messaging.cap_reached"],
    ]);
    const bound = decideSend(marketing, { ...given, policy: policy({ bindsPeople: true }) });
    expect([bound.allowed, bound.warnings, bound.reasons]).toEqual([false, [], free.warnings]);
  });

  it("does not look at words that nobody has written yet", () => {
    expect(decideSend({ kind: "free", content: null }, facts()).allowed).toBe(true);
    expect(decideSend({ ...utility, values: null }, facts()).allowed).toBe(true);
  });

  it("refuses with the first reason and all of them", () => {
    const decision = decideSend(marketing, facts({ blocked: true, underReview: true }));
    expect(sendRefusal(decision)).toMatchObject({ ok: false, refused: "contacts.blocked", reasons: decision.reasons });
    expect(sendRefusal(decideSend(reply, facts()))).toBeNull();
  });
});

/** Each of these speaks against something; none speaks for anything. */
const prohibitions: readonly Partial<SendFacts>[] = [
  { channel: { usable: false, problem: null } },
  { blocked: true },
  { person: { ...person, restricted: true } },
  { consent: fold() },
  { consent: stopped("marketing") },
  { underReview: true },
  { window: { state: "closed", lastInboundAt: null } },
  { marketingRestsUntil: later(5) },
  { marketingSentAt: [ago(1)] },
  { marketingSentAt: [ago(1), ago(2), ago(3), ago(4)], unreadInARow: 4 },
  { budget: budget(10) },
  { policy: policy({ closedCountries: ["FR"] }) },
];

describe("for any person and message, decideSend", () => {
  const intents = [reply, text(""), utility, marketing, code, using(template({ status: "PAUSED" }))];
  const anyFacts = fc
    .record({
      some: fc.subarray([...prohibitions]),
      origin: fc.constantFrom(...sendOrigins),
      minutes: fc.integer({ min: 0, max: 7 * 24 * 60 }),
    })
    .map(
      ({ some, origin, minutes }) => Object.assign(facts({ origin, now: later(minutes / 60) }), ...some) as SendFacts,
    );
  const any = [fc.constantFrom(...intents), anyFacts] as const;

  it("allows exactly what has no reasons, and opens by itself only when every reason passes by itself", () => {
    fc.assert(
      fc.property(...any, (intent, given) => {
        const { allowed, reasons, warnings, until } = decideSend(intent, given);
        expect(allowed).toBe(reasons.length === 0);
        expect(until !== null).toBe(reasons.length > 0 && reasons.every((one) => one.until !== null));
        for (const one of [...reasons, ...warnings]) expect(one.until === null || one.until > given.now).toBe(true);
        if (given.origin !== "person") expect(warnings).toEqual([]);
      }),
    );
  });

  it("never allows by one more prohibition what it refused without", () => {
    fc.assert(
      fc.property(...any, fc.constantFrom(...prohibitions), (intent, given, more) => {
        if (!decideSend(intent, given).allowed) {
          expect(decideSend(intent, { ...given, ...more }).allowed).toBe(false);
        }
      }),
    );
  });

  it("lets a person at work correct nothing before what others must change", () => {
    fc.assert(
      fc.property(...any, (intent, given) => {
        const corrections = decideSend(intent, given).reasons.map(({ code: one }) => /value_|content_/.test(one));
        expect(corrections).toEqual(corrections.toSorted((a, b) => Number(a) - Number(b)));
        for (const { code: one } of decideSend(intent, given).reasons) expect(errorRule(one)).toBeDefined();
      }),
    );
  });

  it("stops a machine wherever it stops or warns a person", () => {
    fc.assert(
      fc.property(...any, (intent, given) => {
        const byHand = decideSend(intent, { ...given, origin: "person" });
        const byMachine = decideSend(intent, { ...given, origin: "bot" });
        const said = [...byHand.reasons, ...byHand.warnings].map((one) => one.code).toSorted();
        expect(byMachine.reasons.map((one) => one.code).toSorted()).toEqual(said);
      }),
    );
  });
});
