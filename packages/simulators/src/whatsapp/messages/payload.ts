import { ERROR_CATALOGUE } from "../error-catalogue.ts";
import { userIdOf } from "../people/directory.ts";
import type { Person } from "../people/person.ts";
import type { Account, BusinessNumber } from "../state.ts";
import type { Failure } from "./fate.ts";
import type { Message, MessageStatus, OutboundFacts } from "./message.ts";
import type { Pricing } from "./pricing.ts";

/** Who talks to whom. */
export type Parties = { account: Account; number: BusinessNumber; person: Person };

const ERROR_PAGE = "/documentation/business-messaging/whatsapp/support/error-codes";

function base({ number }: Parties): Record<string, unknown> {
  return {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: number.digits, phone_number_id: number.id },
  };
}

/** The person as `contacts[]` shows them; the phone number is left out where `showPhone` is false. */
function contactOf({ account, person }: Parties, showPhone: boolean, showUsername: boolean): Record<string, unknown> {
  const username = showUsername && person.username !== undefined ? { username: person.username } : {};
  return {
    profile: { name: person.name, ...username },
    ...(showPhone ? { wa_id: person.waId } : {}),
    user_id: userIdOf(account, person),
  };
}

/** `value` of a `messages` webhook for a message that a person wrote. */
export function inboundValue(parties: Parties, message: Message): Record<string, unknown> {
  const { account, person } = parties;
  const showPhone = !person.phoneHidden;
  return {
    ...base(parties),
    contacts: [contactOf(parties, showPhone, true)],
    messages: [
      {
        ...(showPhone ? { from: person.waId } : {}),
        from_user_id: userIdOf(account, person),
        id: message.wamid,
        timestamp: String(Math.floor(message.at / 1000)),
        ...message.body,
      },
    ],
  };
}

/** What a status says beside the status itself. */
export type StatusFacts = {
  wamid: string;
  status: Exclude<MessageStatus, "accepted">;
  /** Unix seconds. */
  timestamp: number;
  outbound: OutboundFacts;
  pricing?: Pricing | undefined;
  failure?: Failure | undefined;
};

/** `value` of a `messages` webhook for a status. A failed one has no contacts and, sent to a phone, no BSUID. */
export function statusValue(parties: Parties, facts: StatusFacts): Record<string, unknown> {
  const { account, person } = parties;
  const { outbound, status, failure } = facts;
  const showPhone = !outbound.toUserId || !person.phoneHidden;
  const failed = status === "failed";
  const contacts = failed ? {} : { contacts: [contactOf(parties, showPhone, status !== "sent")] };
  return {
    ...base(parties),
    ...contacts,
    statuses: [
      {
        id: facts.wamid,
        status,
        timestamp: String(facts.timestamp),
        ...(showPhone ? { recipient_id: person.waId } : {}),
        ...(failed && !outbound.toUserId ? {} : { recipient_user_id: userIdOf(account, person) }),
        ...(outbound.bizOpaqueCallbackData === undefined
          ? {}
          : { biz_opaque_callback_data: outbound.bizOpaqueCallbackData }),
        ...(facts.pricing === undefined ? {} : { pricing: facts.pricing }),
        ...(failure === undefined ? {} : { errors: [errorOf(failure)] }),
      },
    ],
  };
}

function errorOf({ code, details }: Failure): Record<string, unknown> {
  const { title } = ERROR_CATALOGUE[code];
  return { code, title, message: title, error_data: { details }, href: ERROR_PAGE };
}

/** `value` of a `user_preferences` webhook: the person stops marketing messages, or takes them again. */
export function preferenceValue(
  parties: Parties,
  value: "stop" | "resume",
  timestamp: number,
): Record<string, unknown> {
  const { account, person } = parties;
  const wanted =
    value === "stop" ? "User requested to stop marketing messages" : "User requested to resume marketing messages";
  const phone = person.phoneHidden ? {} : { wa_id: person.waId };
  return {
    ...base(parties),
    contacts: [contactOf(parties, !person.phoneHidden, true)],
    user_preferences: [
      {
        ...phone,
        user_id: userIdOf(account, person),
        detail: wanted,
        category: "marketing_messages",
        value,
        timestamp,
      },
    ],
  };
}
