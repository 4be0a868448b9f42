import { newObjectId, newWamid } from "../identifiers.ts";
import { pairOf } from "../people/directory.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { collectFiles } from "./media-sources.ts";
import type { Message, OutboundFacts } from "./message.ts";
import type { MessageParts } from "./message-parts.ts";
import type { Recipient } from "./recipient.ts";
import type { SendRequest } from "./request.ts";
import { isWindowOpen } from "./sender-checks.ts";
import { startJourney } from "./status-path.ts";

/** A message that nothing hinders. */
export type Accepted = {
  number: BusinessNumber;
  request: SendRequest;
  recipient: Recipient;
  parts: MessageParts;
  /** The request as it came. */
  body: Record<string, unknown>;
  /** Sent by the Marketing Messages API, which has a price of its own. */
  viaMarketingApi: boolean;
};

/** Keeps an accepted message, shows it to the phones that watch, and lets it go its way. */
export function accept(sim: Sim, accepted: Accepted): Message {
  const { number, recipient, parts } = accepted;
  const { person } = recipient;
  const message = messageOf(sim, accepted);
  sim.state.messages.set(message.wamid, message);
  sim.phones.message(message);
  const pair = pairOf(sim.state, number.id, person.waId, message.at);
  pair.typingUntil = 0;
  if (!recipient.byUserId) pair.phoneSharedAt = message.at;
  const files = collectFiles(sim, parts.sources);
  startJourney(sim, { message, outbound: message.outbound, person, files });
  return message;
}

function messageOf(sim: Sim, accepted: Accepted): Message & { outbound: OutboundFacts } {
  const { number, request, recipient, parts, body, viaMarketingApi } = accepted;
  const { person, byUserId } = recipient;
  const { type, template } = parts;
  const at = sim.clock.now();
  const wamid = newWamid(person.waId, "outbound");
  const entry = sim.ledger.record("message", {
    phone_number_id: number.id,
    to: request.to ?? request.recipient,
    wa_id: person.waId,
    wamid,
    type,
    body,
    status: "accepted",
  });
  return {
    wamid,
    direction: "outbound",
    phoneNumberId: number.id,
    waId: person.waId,
    at,
    type,
    body,
    status: "accepted",
    outbound: {
      category: template?.category ?? "SERVICE",
      template,
      viaMarketingApi,
      toUserId: byUserId,
      bizOpaqueCallbackData: request.biz_opaque_callback_data,
      identityHash: request.recipient_identity_key_hash,
      windowOpen: isWindowOpen(pairOf(sim.state, number.id, person.waId, at), at),
      entry,
      historyId: newObjectId(),
      steps: [],
    },
  };
}
