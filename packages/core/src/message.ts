import type { ErrorCode } from "./errors.ts";
import type { Bubble } from "./template.ts";

/** Meta's limit for a text body, in UTF-16 units (Cloud API reference, text messages). */
export const maxTextLength = 4096;

/**
 * The life of a message. Until `sending` nothing is on the wire; `sending` means that the intent to send is committed;
 * `unknown` means that the answer was lost; `unconfirmed` means that a person must decide. From `accepted` on, Meta's
 * webhooks speak. A received message has the state `received` and keeps it.
 */
export const messageStates = [
  "received",
  "queued",
  "claimed",
  "sending",
  "unknown",
  "unconfirmed",
  "accepted",
  "sent",
  "failed",
  "delivered",
  "read",
  "played",
] as const;
export type MessageState = (typeof messageStates)[number];

/** The states that Meta's status webhooks can name (messages webhook, `statuses[].status`). */
export const providerStates = ["sent", "failed", "delivered", "read", "played"] as const;
export type ProviderState = (typeof providerStates)[number];

/**
 * Rank of a state: a message only ever moves upwards. `failed` outranks `sent` and loses to `delivered`, because a
 * message that reached the phone did not fail, whatever arrives late. Meta promises no order and repeats itself.
 */
export function stateRank(state: MessageState): number {
  return messageStates.indexOf(state);
}

export function higherState(a: MessageState, b: MessageState): MessageState {
  return stateRank(b) > stateRank(a) ? b : a;
}

/** What a person sees in place of the state: the ticks. */
export type Tick = "clock" | "one" | "two" | "blue" | "played" | "failed" | "unconfirmed";

export function tickOf(state: MessageState): Tick | null {
  switch (state) {
    case "received":
      return null;
    case "queued":
    case "claimed":
    case "sending":
    case "unknown":
      return "clock";
    case "unconfirmed":
      return "unconfirmed";
    case "accepted":
    case "sent":
      return "one";
    case "failed":
      return "failed";
    case "delivered":
      return "two";
    case "read":
      return "blue";
    case "played":
      return "played";
  }
}

/** What a message says. Kinds that this version cannot show keep their wire name, so that nothing is dropped. */
export type MessageContent =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "template";
      readonly templateId: string;
      readonly name: string;
      readonly language: string;
      readonly values: Readonly<Record<string, string>>;
      readonly bubble: Bubble;
    }
  | { readonly kind: "button_reply"; readonly text: string; readonly payload: string }
  | { readonly kind: "other"; readonly type: string; readonly caption: string | null };

export type MessageView = {
  readonly id: string;
  readonly conversationId: string;
  readonly direction: "in" | "out";
  /** Name of the colleague who wrote it; null for the person on the other side. */
  readonly author: string | null;
  readonly content: MessageContent;
  readonly state: MessageState;
  /** ISO 8601. Meta's timestamp for received messages, our own for sent ones. */
  readonly at: string;
  readonly deliveredAt: string | null;
  readonly readAt: string | null;
  /** Id of the quoted message, when it is known here. */
  readonly replyTo: string | null;
  readonly failure: { readonly code: ErrorCode; readonly details: string | null } | null;
};

/** The text that stands for a message in a list, a quote or a CRM log. */
export function plainText(content: MessageContent): string {
  switch (content.kind) {
    case "text":
    case "button_reply":
      return content.text;
    case "template":
      return [content.bubble.header, content.bubble.body, content.bubble.footer].filter(Boolean).join("\n");
    case "other":
      return content.caption ?? `[${content.type}]`;
  }
}
