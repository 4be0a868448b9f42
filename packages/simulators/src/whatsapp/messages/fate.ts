import type { CloudErrorCode, Failure } from "../error-catalogue.ts";
import { isCloudErrorCode } from "../error-catalogue.ts";
import { isBlocked } from "../numbers/block-list.ts";
import type { Person } from "../people/person.ts";
import type { Account, BusinessNumber, State } from "../state.ts";
import type { Message, OutboundFacts } from "./message.ts";
import { isFreeServiceLeft } from "./pricing.ts";

/** What a message and its recipient are, as far as it decides whether the message arrives. */
export type FateFacts = {
  account: Account;
  number: BusinessNumber;
  person: Person;
  message: Message;
  outbound: OutboundFacts;
  state: State;
  now: number;
};

const DETAILS: Partial<Record<CloudErrorCode, string>> = {
  130403: "Message failed to send because the business has blocked this user.",
  130472: "Failed to send message because this user's phone number is part of an experiment.",
  131026: "Message Undeliverable.",
  131042: "Message failed to send because there were one or more errors related to your payment method.",
  131047:
    "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
  131050:
    "Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business.",
  131053: "Unable to download the media used in the message.",
  132015: "Message failed to send because the template was paused while the message waited.",
  137000: "Message failed to send because the identity key hash of the recipient has changed.",
};

/** The failure that Meta reports by webhook after it has accepted a message; undefined when it arrives. */
export function fateOf(facts: FateFacts): Failure | undefined {
  const code = failureCode(facts);
  return code === undefined ? undefined : { code, details: DETAILS[code] ?? "Message failed to send." };
}

function failureCode(facts: FateFacts): CloudErrorCode | undefined {
  const { person, number, account, outbound } = facts;
  if (person.failCode !== undefined && isCloudErrorCode(person.failCode)) return person.failCode;
  if (isBlocked(number, person)) return 130403;
  if (person.notOnWhatsApp) return 131026;
  if (outbound.identityHash !== undefined && outbound.identityHash !== person.identityHash) return 137000;
  const isService = outbound.category === "SERVICE";
  if (isService && !outbound.windowOpen) return 131047;
  const isFree = outbound.entryPointUntil !== undefined || (isService && isFreeServiceLeft(facts.number, facts.now));
  if (!account.hasPaymentMethod && !isFree) return 131042;
  if (outbound.category === "MARKETING" && person.optedOutOf.has(account.businessId)) return 131050;
  return facts.message.type === "reaction" && !isReactionTarget(facts) ? 131009 : undefined;
}

const REACTION_LIMIT_MS = 30 * 24 * 3_600_000;

function isReactionTarget({ message, state, now }: FateFacts): boolean {
  const reaction = message.body.reaction;
  const id = typeof reaction === "object" && reaction !== null && "message_id" in reaction ? reaction.message_id : "";
  const target = state.messages.get(String(id));
  const isOfThisChat = target?.waId === message.waId && target.phoneNumberId === message.phoneNumberId;
  if (!isOfThisChat || target.type === "reaction" || now - target.at > REACTION_LIMIT_MS) return false;
  for (const { type, body } of state.messages.values()) {
    const { revoke } = body;
    const isRevoke = type === "revoke" && typeof revoke === "object" && revoke !== null;
    if (isRevoke && "original_message_id" in revoke && revoke.original_message_id === target.wamid) return false;
  }
  return true;
}
