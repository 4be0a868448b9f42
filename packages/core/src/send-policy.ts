import type { ConsentView } from "./consent.ts";
import { contentProblems } from "./content-rules.ts";
import type { FreeContent } from "./message-content.ts";
import { refused, type Refusal } from "./result.ts";
import { valueProblems } from "./template-values.ts";
import type { TemplateView } from "./template.ts";
import type { WindowView } from "./window.ts";

/** What is about to be sent. */
export type SendIntent =
  | { readonly kind: "free"; readonly content: FreeContent }
  | { readonly kind: "template"; readonly template: TemplateView; readonly values: Readonly<Record<string, string>> };

/** All that decides whether it may leave. The panel and the API load these facts and ask the same question. */
export type SendFacts = {
  readonly channelUsable: boolean;
  readonly consent: ConsentView;
  readonly window: WindowView;
  /** Meta held marketing back from this person: until then (ISO 8601) it would only do so again. Null when it did not. */
  readonly marketingRestsUntil: string | null;
};

/**
 * The one gate before every send: null when it may leave, else the reason. Reasons that nobody at the keyboard can
 * change come first, so that a person is not asked to correct a value of a message that may not leave anyway.
 *
 * - Anything without a template: only inside the customer service window (Meta error 131047 otherwise); it answers the person, so a
 *   withdrawn marketing consent does not forbid it.
 * - Marketing templates: only with a recorded opt-in (WhatsApp Business Messaging Policy; ePrivacy Art. 13).
 * - Utility and authentication templates: unless the person asked to stop.
 */
export function sendPolicy(intent: SendIntent, facts: SendFacts): Refusal | null {
  if (!facts.channelUsable) return refused("channels.unusable");
  return intent.kind === "free" ? freePolicy(intent.content, facts) : templatePolicy(intent, facts);
}

function freePolicy(content: FreeContent, facts: SendFacts): Refusal | null {
  if (facts.window.state === "closed") return refused("messaging.window_closed");
  const [problem] = contentProblems(content);
  if (!problem) return null;
  const { field, rule, limit } = problem;
  return refused("messaging.content_invalid", { field, rule, ...(limit === null ? {} : { limit }) });
}

function templatePolicy(intent: Extract<SendIntent, { kind: "template" }>, facts: SendFacts): Refusal | null {
  const { template, values } = intent;
  const cannotBeUsed =
    templateUsable(template) ?? consentPolicy(template, facts.consent) ?? restPolicy(template, facts);
  if (cannotBeUsed) return cannotBeUsed;
  const [problem] = valueProblems(template.shape, values);
  if (!problem) return null;
  return refused(problem.rule === "missing" ? "templates.value_missing" : "templates.value_invalid", {
    field: problem.name,
  });
}

/** Hours without marketing to a person from whom Meta held it back (error 131049: do not repeat before). */
export const marketingRestHours = 24;

function restPolicy(template: TemplateView, { marketingRestsUntil }: SendFacts): Refusal | null {
  if (template.category !== "MARKETING" || marketingRestsUntil === null) return null;
  return refused("messaging.marketing_rests", { until: marketingRestsUntil });
}

/** Why a template cannot be sent by anyone just now; null when it can. Lists use it to grey a row with its reason. */
export function templateUsable(template: TemplateView): Refusal | null {
  if (template.unsupported.length > 0) {
    return refused("templates.unsupported", { parts: template.unsupported.join(", ") });
  }
  if (template.status === "APPROVED") return null;
  return refused(template.status === "PAUSED" ? "templates.paused" : "templates.not_approved", {
    status: template.status,
  });
}

/** Why this template may not go to this person; null when it may. */
export function consentPolicy(template: TemplateView, consent: ConsentView): Refusal | null {
  const state = template.category === "MARKETING" ? consent.marketing : consent.utility;
  if (state.state === "opted_out") return refused("consent.opted_out", { since: state.by.occurredAt });
  if (template.category === "MARKETING" && state.state === "unknown") return refused("consent.missing");
  return null;
}
