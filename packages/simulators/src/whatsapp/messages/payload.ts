import { ERROR_CATALOGUE } from "../error-catalogue.ts";
import { sharesPhone } from "../people/directory.ts";
import { contactOf, trafficBase, userIds } from "../people/person-values.ts";
import type { Parties } from "../people/person-values.ts";
import type { Failure } from "../error-catalogue.ts";
import type { MessageStatus, OutboundFacts } from "./message.ts";
import type { Pricing } from "./pricing.ts";

const ERROR_PAGE = "/documentation/business-messaging/whatsapp/support/error-codes";

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
  const { state, number, person } = parties;
  const { outbound, status, failure } = facts;
  const failed = status === "failed";
  const phone = !outbound.toUserId || (!failed && sharesPhone(state, number, person, facts.timestamp * 1000));
  const contacts = failed ? {} : { contacts: [contactOf(parties, { phone, username: status !== "sent" })] };
  return {
    ...trafficBase(parties),
    ...contacts,
    statuses: [
      {
        id: facts.wamid,
        status,
        timestamp: String(facts.timestamp),
        ...(phone ? { recipient_id: person.waId } : {}),
        ...(failed && !outbound.toUserId ? {} : userIds(parties, "recipient_")),
        ...(outbound.bizOpaqueCallbackData === undefined
          ? {}
          : { biz_opaque_callback_data: outbound.bizOpaqueCallbackData }),
        ...(facts.pricing === undefined ? {} : { pricing: facts.pricing }),
        ...(failure === undefined ? {} : { errors: errorsOf(failure) }),
      },
    ],
  };
}

/** `errors` of a status: why a message failed. */
export function errorsOf({ code, details }: Failure): Record<string, unknown>[] {
  const { title } = ERROR_CATALOGUE[code];
  return [{ code, title, message: title, error_data: { details }, href: ERROR_PAGE }];
}
