import type { LedgerEntry } from "../../platform/ledger.ts";
import type { Direction } from "../identifiers.ts";
import type { TemplateCategory } from "../templates/model.ts";

/** Where a message stands; a business's own view of it. */
export type MessageStatus = "accepted" | "sent" | "delivered" | "read" | "failed";

/** A message that the platform carried, in either direction. */
export type Message = {
  wamid: string;
  direction: Direction;
  phoneNumberId: string;
  waId: string;
  /** Time in ms. */
  at: number;
  type: string;
  /** The request of an outbound message, the message object of an inbound one. */
  body: Record<string, unknown>;
  /** Outbound: the person's side. Inbound: whether the business has read it. */
  status: MessageStatus;
  /** Why it failed. */
  failure?: { code: number; details: string };
  outbound?: OutboundFacts;
};

/** What decides an outbound message's fate and its statuses. */
export type OutboundFacts = {
  category: TemplateCategory | "SERVICE";
  /** The template sent, by id. */
  templateId: string | undefined;
  /** True when the message was sent to a BSUID: statuses then show a phone number only if it is shared. */
  toUserId: boolean;
  /** Echoed in every status. */
  bizOpaqueCallbackData: string | undefined;
  identityHash: string | undefined;
  /** Whether the customer service window was open when it was accepted. */
  windowOpen: boolean;
  entry: LedgerEntry;
};
