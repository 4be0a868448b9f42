import { consentPurposes, type ConsentPurpose } from "@aparte/core/consent.ts";
import { windowNow } from "@aparte/core/panel-state.ts";
import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import { decideSend, type SendDecision, type SendFacts, type SendIntent } from "@aparte/core/send-decision.ts";
import type { TemplateCategory, TemplateView } from "@aparte/core/template.ts";

/** What the gate says to a message of one purpose, whatever its words. */
export type Permission = { readonly purpose: ConsentPurpose; readonly decision: SendDecision };

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

/** The gate's answer for each purpose, what the person began last. */
export function permissionsOf(snapshot: ConversationSnapshot, now: Date): Permission[] {
  const facts = sendFactsOf(snapshot, now);
  return consentPurposes.map((purpose) => ({ purpose, decision: decideSend(intents[purpose], facts) }));
}

const intents: Readonly<Record<ConsentPurpose, SendIntent>> = {
  marketing: anyTemplate("MARKETING"),
  utility: anyTemplate("UTILITY"),
  authentication: anyTemplate("AUTHENTICATION"),
  service: { kind: "free", content: null },
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
