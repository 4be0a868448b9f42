import type { ErrorCode } from "./errors.ts";
import type { FileView } from "./media.ts";
import type { MessageContent } from "./message-content.ts";

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
  /** What came along: forwarded, from an advertisement, about a product; null for most messages. */
  readonly context: MessageContext | null;
  /** The files of the content, as far as they are here. */
  readonly files: readonly FileView[];
  /** The last reaction of each side. */
  readonly reactions: readonly { readonly emoji: string; readonly from: "person" | "us" }[];
  /** When the writer changed it last (ISO 8601); `content` is then what it says now. */
  readonly editedAt: string | null;
  /** It waits: when it may leave (ISO 8601), and what speaks against it until then. Null for all others. */
  readonly held: { readonly until: string; readonly because: ErrorCode } | null;
  readonly failure: { readonly code: ErrorCode; readonly details: string | null } | null;
};

/** Where a click brought the person from (Meta, messages webhook, `referral`). Opens the free entry point window. */
export type Referral = {
  readonly source: "ad" | "post";
  readonly sourceId: string | null;
  readonly url: string | null;
  readonly headline: string | null;
  readonly body: string | null;
  readonly clickId: string | null;
};

export type MessageContext = {
  readonly forwarded: "no" | "once" | "often";
  readonly referral: Referral | null;
  /** The product of our catalogue that the person asks about. */
  readonly product: { readonly catalogId: string; readonly productId: string } | null;
};
