import { consentPurposes, type ConsentPurpose } from "@aparte/core/consent.ts";
import { windowNow } from "@aparte/core/panel-state.ts";
import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import { decideSend, type SendDecision, type SendFacts, type SendIntent } from "@aparte/core/send-decision.ts";
import type { TemplateCategory, TemplateView } from "@aparte/core/template.ts";

/** What the gate says to a message of one purpose, whatever its words. `category` is null for what needs no template. */
export type Permission = {
  readonly purpose: ConsentPurpose;
  readonly category: TemplateCategory | null;
  readonly decision: SendDecision;
};

/** What the gate asks for a message that somebody sends from here now. */
export function sendFactsOf(snapshot: ConversationSnapshot, now: Date): SendFacts {
  const { gate, channel, blocked, consent, window } = snapshot;
  return {
    ...gate,
    now: now.toISOString(),
    origin: "person",
    channel,
    blocked,
    consent,
    window: windowNow(window, now),
  };
}

/** The gate's answer for each purpose. */
export function permissionsOf(snapshot: ConversationSnapshot, now: Date): Permission[] {
  const facts = sendFactsOf(snapshot, now);
  return consentPurposes.map((purpose) => {
    const category = categories[purpose];
    const intent = category === null ? ({ kind: "free", content: null } as const) : anyTemplate(category);
    return { purpose, category, decision: decideSend(intent, facts) };
  });
}

const categories: Readonly<Record<ConsentPurpose, TemplateCategory | null>> = {
  marketing: "MARKETING",
  utility: "UTILITY",
  authentication: "AUTHENTICATION",
  service: null,
};

/** A template with nothing to fill in that WhatsApp has approved: what is then said against it is said of its purpose. */
function anyTemplate(category: TemplateCategory): SendIntent {
  const shape: TemplateView["shape"] = {
    header: null,
    headerMedia: null,
    offer: null,
    body: "",
    footer: null,
    buttons: [],
    cards: [],
    parameterFormat: "NAMED",
    examples: {},
  };
  const about = { id: "", name: "", language: "", status: "APPROVED", rejectedReason: null, unsupported: [] } as const;
  return { kind: "template", template: { ...about, category, shape }, values: null };
}
