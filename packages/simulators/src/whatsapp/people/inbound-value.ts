import type { Message } from "../messages/message.ts";
import { sharesPhone } from "./directory.ts";
import { contactOf, trafficBase, userIds } from "./person-values.ts";
import type { Parties } from "./person-values.ts";

/** `value` of a `messages` webhook for a message that a person wrote, or that tells of the person (`system`). */
export function inboundValue(parties: Parties, message: Message): Record<string, unknown> {
  const { state, number, person } = parties;
  const phone = sharesPhone(state, number, person, message.at);
  // System messages carry no contacts: their object names the old and the new ids itself.
  const contacts = message.type === "system" ? {} : { contacts: [contactOf(parties, { phone, username: true })] };
  return {
    ...trafficBase(parties),
    ...contacts,
    messages: [
      {
        ...(phone && !isIdChange(message) ? { from: person.waId } : {}),
        ...userIds(parties, "from_"),
        id: message.wamid,
        timestamp: String(Math.floor(message.at / 1000)),
        ...message.body,
      },
    ],
  };
}

/** The news that a person has another id comes without a number. */
function isIdChange({ type, body }: Message): boolean {
  const { system } = body;
  const isObject = typeof system === "object" && system !== null && "type" in system;
  return type === "system" && isObject && system.type === "user_changed_user_id";
}

const PREFERENCE_DETAILS = {
  stop: "User requested to stop marketing messages",
  resume: "User requested to resume marketing messages",
};

/** `value` of a `user_preferences` webhook: the person stops marketing messages, or takes them again. */
export function preferenceValue(
  parties: Parties,
  value: keyof typeof PREFERENCE_DETAILS,
  timestamp: number,
): Record<string, unknown> {
  const { state, number, person } = parties;
  const phone = sharesPhone(state, number, person, timestamp * 1000);
  return {
    ...trafficBase(parties),
    contacts: [contactOf(parties, { phone, username: true })],
    user_preferences: [
      {
        ...(phone ? { wa_id: person.waId } : {}),
        ...userIds(parties, ""),
        detail: PREFERENCE_DETAILS[value],
        category: "marketing_messages",
        value,
        timestamp,
      },
    ],
  };
}
