import type { ConsentPurpose } from "@aparte/core/consent.ts";
import { windowNow } from "@aparte/core/panel-state.ts";
import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import { dayAndTime, dayOf } from "../when.ts";

export type EndFacts = Pick<ConversationSnapshot, "consent" | "window">;

/** Until when a purpose stays allowed, in words: a consent to its last day, replies to the minute. Null: without end. */
export function permissionEnd(purpose: ConsentPurpose, facts: EndFacts, now: Date, locale: string): string | null {
  const state = facts.consent[purpose];
  if (state.state === "opted_in" && state.until !== null) return dayOf(state.until, locale);
  const window = windowNow(facts.window, now);
  return purpose === "service" && window.state === "open" ? dayAndTime(window.closesAt, locale) : null;
}
