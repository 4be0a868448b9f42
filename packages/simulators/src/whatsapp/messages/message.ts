import type { LedgerEntry } from "../../platform/ledger.ts";
import type { Direction } from "../identifiers.ts";
import type { Template, TemplateCategory } from "../templates/model.ts";
import type { MediaFile } from "../media/model.ts";

/** Where a message stands; a business's own view of it. */
export type MessageStatus = "accepted" | "sent" | "delivered" | "read" | "played" | "failed";

/** A message that the platform carried, in either direction. */
export type Message = {
  wamid: string;
  direction: Direction;
  phoneNumberId: string;
  /** The person's digits; the id of the group for a message to one. */
  waId: string;
  /** Time in ms. */
  at: number;
  type: string;
  /**
   * The request of an outbound message, the message object of an inbound one: `body[type]` is its content, in the shape
   * of Meta's reference; a template's is read by `parseTemplateRequest`.
   */
  body: Record<string, unknown>;
  /** The files that an outbound message shows, by the id or the link that names each in `body`; set once it is sent. */
  files?: MessageFiles;
  /** Outbound: the person's side. Inbound: whether the business has read it. */
  status: MessageStatus;
  /** Why it failed. */
  failure?: { code: number; details: string };
  outbound?: OutboundFacts;
};

/** A message that the business sent. */
export type SentMessage = Message & { outbound: OutboundFacts };

/** What decides an outbound message's fate and its statuses. */
export type OutboundFacts = {
  category: TemplateCategory | "SERVICE";
  /** The template sent, as it was then. */
  template: Template | undefined;
  /** Sent by the Marketing Messages API, which has a price of its own. */
  viaMarketingApi: boolean;
  /** True when the message was sent to a BSUID: statuses then show a phone number only if it is shared. */
  toUserId: boolean;
  /** Echoed in every status. */
  bizOpaqueCallbackData: string | undefined;
  identityHash: string | undefined;
  /** Whether the customer service window was open when it was accepted. */
  windowOpen: boolean;
  /** Until when the free entry point is open that it goes through, in ms. */
  entryPointUntil: number | undefined;
  entry: LedgerEntry;
  /** Its id in the message history. */
  historyId: string;
  /** The statuses that it has had, in their order. */
  steps: StatusStep[];
};

/** A status that a message reached; `at` in ms. */
export type StatusStep = { id: string; status: Exclude<MessageStatus, "accepted">; at: number };

/** The files of a message, by the id or the link that names each in its body. */
export type MessageFiles = Map<string, MediaFile>;
