import { capDays, unreadRestDays, type ConsentPolicy } from "./consent-policy.ts";
import type { ConsentPurpose, ConsentView } from "./consent.ts";
import { contentProblems } from "./content-rules.ts";
import { countryRule, frenchPlaces } from "./country-rules.ts";
import type { ErrorCode } from "./errors.ts";
import type { FreeContent } from "./message-content.ts";
import type { PriceCategory } from "./price.ts";
import { allowedFrom, countryWeek } from "./quiet-hours.ts";
import type { Refusal, RefusalFacts } from "./result.ts";
import { valueProblems } from "./template-values.ts";
import type { TemplateCategory, TemplateView } from "./template.ts";
import type { WindowView } from "./window.ts";

/** What is about to be sent. Content and values are null while nobody has written them: the rest can be asked before. */
export type SendIntent =
  | { readonly kind: "free"; readonly content: FreeContent | null }
  | {
      readonly kind: "template";
      readonly template: TemplateView;
      readonly values: Readonly<Record<string, string>> | null;
    };

/** Who sends: a person at work, one message at a time, or a machine. */
export const sendOrigins = ["person", "campaign", "automation", "bot"] as const;
export type SendOrigin = (typeof sendOrigins)[number];

/** What only the gate asks about a person and about the firm that writes. */
export type GateFacts = {
  readonly person: {
    /** The person asked that their data be kept and not used (GDPR Art. 18). */
    readonly restricted: boolean;
    /** ISO 3166 alpha-2, from the number; null when unknown. */
    readonly country: string | null;
    /** IANA zones in which the person may be: one when it is known, several when the number leaves it open. */
    readonly zones: readonly string[];
    /** Public holidays where the person is, as local dates (YYYY-MM-DD), from yesterday on. */
    readonly holidays: readonly string[];
  };
  /** The person wrote something that may be meant as a stop; somebody has yet to read it. */
  readonly underReview: boolean;
  /** Meta held marketing back from this person: until then (ISO 8601) it would only do so again. Null when it did not. */
  readonly marketingRestsUntil: string | null;
  /** When marketing left for this person in the last 30 days (ISO 8601), over all numbers, without what surely failed. */
  readonly marketingSentAt: readonly string[];
  /** Marketing that arrived since the person last read one or wrote. */
  readonly unreadInARow: number;
  /** The budget of this calendar month (UTC); null when the firm set none. */
  readonly budget: {
    readonly limit: number;
    readonly spent: number;
    /** ISO 4217. */
    readonly currency: string;
    /** What the next message of each category will probably cost; 0 when it is free or nobody knows. */
    readonly costs: Readonly<Record<PriceCategory, number>>;
  } | null;
  readonly policy: ConsentPolicy;
};

/** All that decides whether it may leave. The panel and the API load these facts and ask the same question. */
export type SendFacts = GateFacts & {
  /** ISO 8601. */
  readonly now: string;
  readonly origin: SendOrigin;
  /** The number that it leaves from, and why it cannot be used. */
  readonly channel: { readonly usable: boolean; readonly problem: ErrorCode | null };
  /** We blocked the person on this number. */
  readonly blocked: boolean;
  readonly consent: ConsentView;
  readonly window: WindowView;
};

/** Why something may not leave. `until` (ISO 8601): when it passes by itself; null when somebody has to act. */
export type Reason = { readonly code: ErrorCode; readonly facts: RefusalFacts; readonly until: string | null };

export type SendDecision = {
  /** Exactly when there are no reasons. */
  readonly allowed: boolean;
  /** All of them: first those that nobody at the keyboard can change, so that nobody corrects a value in vain. */
  readonly reasons: readonly Reason[];
  /** What would stop a machine; a person who sends by hand decides. */
  readonly warnings: readonly Reason[];
  /** When all reasons will have passed by themselves (ISO 8601); null when one of them will not, or there is none. */
  readonly until: string | null;
};

/**
 * The one gate before every send.
 *
 * - Anything without a template: only inside the customer service window (Meta error 131047 otherwise); it answers the
 *   person, so a withdrawn marketing consent does not forbid it. A withdrawn service or a restriction does.
 * - Marketing templates: only with a consent (WhatsApp Business Messaging Policy; ePrivacy Art. 13), never while a word of the
 *   person waits for somebody to read it.
 * - Utility and authentication templates: unless the person asked to stop.
 * - Quiet hours, caps and the budget bind machines, and people only where the firm's policy says so. They never hold
 *   codes or replies back: somebody waits for those.
 */
export function decideSend(intent: SendIntent, facts: SendFacts): SendDecision {
  const category = intent.kind === "free" ? "SERVICE" : intent.template.category;
  const limits = limitReasons(category, facts);
  const binds = facts.origin !== "person" || facts.policy.bindsPeople;
  const reasons = [
    ...placeReasons(category, facts),
    ...(intent.kind === "free" ? freeReasons(facts) : templateReasons(intent, facts)),
    ...(binds ? limits : []),
    ...contentReasons(intent),
  ];
  return { allowed: reasons.length === 0, reasons, warnings: binds ? [] : limits, until: latestUntil(reasons) };
}

/** When all of them have passed; null when one never does. */
function latestUntil(reasons: readonly Reason[]): string | null {
  const [latest] = reasons.map(({ until }) => until).toSorted((a, b) => (b ?? "9").localeCompare(a ?? "9"));
  return latest ?? null;
}

function reason(code: ErrorCode, facts: RefusalFacts = {}, until: string | null = null): Reason {
  return { code, facts, until };
}

/** Why nothing at all may leave from this number to this person. */
function placeReasons(category: PriceCategory, { channel, person, blocked, policy }: SendFacts): Reason[] {
  const closed = countryRule(person.country, category, policy);
  return [
    ...(channel.usable
      ? []
      : [reason("channels.unusable", channel.problem === null ? {} : { problem: channel.problem })]),
    ...(person.restricted ? [reason("contacts.restricted")] : []),
    ...(closed ? [reason("messaging.country_closed", closed)] : []),
    ...(blocked ? [reason("contacts.blocked")] : []),
  ];
}

function freeReasons({ consent, window }: SendFacts): Reason[] {
  return [...withdrawn("service", consent), ...(window.state === "closed" ? [reason("messaging.window_closed")] : [])];
}

/** The purpose for which a template of each category needs, or may lack, a consent. */
export const purposeOf = {
  MARKETING: "marketing",
  UTILITY: "utility",
  AUTHENTICATION: "authentication",
} as const satisfies Record<TemplateCategory, ConsentPurpose>;

function templateReasons({ template }: Extract<SendIntent, { kind: "template" }>, facts: SendFacts): Reason[] {
  const unusable = templateUsable(template);
  const marketing = template.category === "MARKETING";
  return [
    ...(unusable ? [unusable] : []),
    ...consentReasons(template.category, facts),
    ...(marketing && facts.underReview ? [reason("consent.under_review")] : []),
    ...(marketing ? restReasons(facts) : []),
  ];
}

/** Why a template cannot be sent by anyone just now; null when it can. Lists use it to grey a row with its reason. */
export function templateUsable(template: TemplateView): Reason | null {
  if (template.unsupported.length > 0) {
    return reason("templates.unsupported", { parts: template.unsupported.join(", ") });
  }
  if (template.status === "APPROVED") return null;
  return reason(template.status === "PAUSED" ? "templates.paused" : "templates.not_approved", {
    status: template.status,
  });
}

function withdrawn(purpose: ConsentPurpose, consent: ConsentView): Reason[] {
  const state = consent[purpose];
  if (state.state !== "opted_out") return [];
  return [reason("consent.opted_out", { since: state.by.occurredAt, liftedBy: state.liftedBy })];
}

/** Why templates of this category may not go to this person; empty when they may. */
export function consentReasons(
  category: TemplateCategory,
  { consent, policy }: Pick<SendFacts, "consent" | "policy">,
): Reason[] {
  const purpose = purposeOf[category];
  const { state } = consent[purpose];
  if (state === "opted_out") return withdrawn(purpose, consent);
  if (state === "opted_in") return [];
  if (purpose === "marketing") return [reason(state === "expired" ? "consent.expired" : "consent.missing")];
  return purpose === "utility" && policy.utilityNeedsConsent ? [reason("consent.utility_missing")] : [];
}

function restReasons({ marketingRestsUntil: until, now }: SendFacts): Reason[] {
  return until !== null && until > now ? [reason("messaging.marketing_rests", { until }, until)] : [];
}

const dayMs = 86_400_000;

/** Limits of taste and of money. */
function limitReasons(category: PriceCategory, facts: SendFacts): Reason[] {
  if (category === "SERVICE" || category === "AUTHENTICATION") return [];
  return [
    ...quietReasons(category, facts),
    ...(category === "MARKETING" ? [...capReasons(facts), ...unreadReasons(facts)] : []),
    ...budgetReasons(category, facts),
  ];
}

function quietReasons(category: "MARKETING" | "UTILITY", { now, person, policy }: SendFacts): Reason[] {
  const { zones, country, holidays } = person;
  const week = category === "MARKETING" ? countryWeek(country, policy) : policy.quietHours.utility;
  if (week === null) return [];
  const isStrict = policy.strictFrance && country !== null && frenchPlaces.has(country);
  const rests = category === "MARKETING" && (policy.quietHours.holidays || isStrict);
  const from = allowedFrom(week, zones, rests ? holidays : [], new Date(now));
  if (from !== null && Date.parse(from) <= Date.parse(now)) return [];
  return [reason("messaging.quiet_hours", { zones: zones.join(", ") }, from)];
}

/** The cap that holds longest: a cap of n in some days is free again when the nth last message is that old. */
function capReasons({ now, marketingSentAt, policy }: SendFacts): Reason[] {
  const sent = marketingSentAt.map((at) => Date.parse(at)).toSorted((a, b) => b - a);
  const reached = (["day", "week", "month"] as const).flatMap((period) => {
    const limit = policy.caps[period];
    if (limit === null) return [];
    const said = { limit: String(limit), days: String(capDays[period]) };
    if (limit === 0) return [reason("messaging.cap_reached", said)];
    const until = (sent[limit - 1] ?? 0) + capDays[period] * dayMs;
    return until > Date.parse(now) ? [reason("messaging.cap_reached", said, new Date(until).toISOString())] : [];
  });
  const until = latestUntil(reached);
  return reached.filter((one) => one.until === until).slice(0, 1);
}

function unreadReasons({ now, marketingSentAt, unreadInARow, policy }: SendFacts): Reason[] {
  const { unreadRest } = policy.caps;
  if (unreadRest === null || unreadInARow < unreadRest) return [];
  const until = Math.max(0, ...marketingSentAt.map((at) => Date.parse(at))) + unreadRestDays * dayMs;
  if (until <= Date.parse(now)) return [];
  return [reason("messaging.unread_rest", { count: String(unreadInARow) }, new Date(until).toISOString())];
}

function budgetReasons(category: PriceCategory, { now, budget }: SendFacts): Reason[] {
  if (budget === null || budget.spent + budget.costs[category] <= budget.limit) return [];
  const today = new Date(now);
  const next = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1)).toISOString();
  return [reason("messaging.budget_spent", { limit: String(budget.limit), currency: budget.currency }, next)];
}

/** What the person at the keyboard can correct. */
function contentReasons(intent: SendIntent): Reason[] {
  if (intent.kind === "free") {
    if (intent.content === null) return [];
    return contentProblems(intent.content).map(({ field, rule, limit }) =>
      reason("messaging.content_invalid", { field, rule, ...(limit === null ? {} : { limit }) }),
    );
  }
  if (intent.values === null) return [];
  return valueProblems(intent.template.shape, intent.values).map(({ rule, name }) =>
    reason(rule === "missing" ? "templates.value_missing" : "templates.value_invalid", { field: name }),
  );
}

/** What a verb answers when the gate said no: the first reason as every refusal has it, and all of them. */
export type SendRefusal = Refusal & { readonly reasons: readonly Reason[] };

/** Null when it may leave. */
export function sendRefusal({ reasons }: SendDecision): SendRefusal | null {
  const [first] = reasons;
  return first ? { ok: false, refused: first.code, facts: first.facts, reasons } : null;
}
