import type { ErrorCode } from "./errors.ts";
import type { ConversationSnapshot, RecordView } from "./record-view.ts";
import { windowAt, windowHours, type WindowView } from "./window.ts";

/** From here on the countdown is shown as urgent, in minutes. */
export const closingMinutes = 60;

/** What a surface knows when it must decide what to show. */
export type PanelFacts = {
  readonly signedIn: boolean;
  /** The browser's own opinion (`navigator.onLine`). It only explains why the API cannot be reached. */
  readonly online: boolean;
  /** False from the moment the API stops answering until it answers again. */
  readonly reachable: boolean;
  /** A record of the CRM is open beside the panel. */
  readonly recordOpen: boolean;
  /** What opening the record answered; null until it did. */
  readonly view: RecordView | null;
};

/** The one state a panel is in. `readable`: a conversation is on the screen and stays there. */
export type PanelState =
  | { readonly state: "signed_out" }
  | { readonly state: "offline"; readonly readable: boolean }
  | { readonly state: "api_unreachable"; readonly readable: boolean }
  | { readonly state: "no_record" }
  | { readonly state: "loading" }
  | { readonly state: "record_unavailable"; readonly reason: ErrorCode }
  | { readonly state: "no_number" }
  | { readonly state: "invalid_number" }
  | ConversationPhase;

/** The states in which there is a conversation and the API answers. */
export type ConversationPhase =
  | { readonly state: "channel_unusable"; readonly reason: ErrorCode }
  | { readonly state: "opted_out" }
  | { readonly state: "window_closing"; readonly minutesLeft: number }
  | { readonly state: "window_open"; readonly minutesLeft: number }
  | { readonly state: "empty" }
  | { readonly state: "window_closed"; readonly lastInboundAt: string | null };

/**
 * Decides the state; the first that applies wins. Without a session nothing else is true; without an answer from the API
 * nothing newer is known; then come the reasons why there is no conversation, then those why one may not write.
 */
export function panelState(facts: PanelFacts, now: Date): PanelState {
  if (!facts.signedIn) return { state: "signed_out" };
  const readable = facts.view?.state === "ready";
  if (!facts.reachable) return { state: facts.online ? "api_unreachable" : "offline", readable };
  if (!facts.recordOpen) return { state: "no_record" };
  if (facts.view === null) return { state: "loading" };
  switch (facts.view.state) {
    case "unavailable":
      return { state: "record_unavailable", reason: facts.view.reason };
    case "no_number":
    case "invalid_number":
      return { state: facts.view.state };
    case "ready":
      return conversationPhase(facts.view.conversation, now);
  }
}

/** What a conversation allows at `now`. Also asked alone, by a surface that has no record beside it. */
export function conversationPhase(conversation: ConversationSnapshot, now: Date): ConversationPhase {
  const { channel, consent, messages, hasOlder } = conversation;
  if (!channel.usable) return { state: "channel_unusable", reason: channel.problem ?? "channels.unusable" };
  if (consent.marketing.state === "opted_out" || consent.utility.state === "opted_out") return { state: "opted_out" };
  const window = windowNow(conversation.window, now);
  if (window.state === "open") {
    const minutesLeft = minutesUntil(window.closesAt, now);
    return { state: minutesLeft < closingMinutes ? "window_closing" : "window_open", minutesLeft };
  }
  if (messages.length === 0 && !hasOlder) return { state: "empty" };
  return { state: "window_closed", lastInboundAt: window.lastInboundAt };
}

/** The window as time passes: an open one is closed from `closesAt` on, before any server says so. */
export function windowNow(window: WindowView, now: Date): WindowView {
  return windowAt(lastInboundOf(window), now);
}

/** When the person last wrote, as the window tells it (ISO 8601); null if they never did. */
export function lastInboundOf(window: WindowView): string | null {
  if (window.state === "closed") return window.lastInboundAt;
  return new Date(Date.parse(window.closesAt) - windowHours * 3_600_000).toISOString();
}

/** Whole minutes that are left, so that nobody is promised one that is not; the last one counts until it is over. */
export function minutesUntil(closesAt: string, now: Date): number {
  const left = Date.parse(closesAt) - now.getTime();
  return left <= 0 ? 0 : Math.max(1, Math.floor(left / 60_000));
}
