import { newObjectId, newWamid } from "../identifiers.ts";
import { openEntryPoint } from "../people/entry-point.ts";
import { pairOf } from "../people/directory.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { collectFiles } from "./media-sources.ts";
import type { MessageParts } from "./message-parts.ts";
import type { SentMessage } from "./message.ts";
import type { Recipient } from "./recipient.ts";
import type { SendRequest } from "./request.ts";
import { isWindowOpen } from "./sender-checks.ts";
import { startJourney } from "./status-path.ts";

/** A message that nothing hinders. */
type Accepted = {
  number: BusinessNumber;
  request: SendRequest;
  parts: MessageParts;
  /** The request as it came. */
  body: Record<string, unknown>;
  /** Sent by the Marketing Messages API, which has a price of its own. */
  viaMarketingApi: boolean;
};

/** Keeps an accepted message, shows it to the phones that watch, and lets it go its way to a person. */
export function accept(sim: Sim, accepted: Accepted, { person, byUserId }: Recipient): SentMessage {
  const { number, parts } = accepted;
  const now = sim.clock.now();
  const pair = pairOf(sim.state, number.id, person.waId, now);
  const entryPointUntil = openEntryPoint(pair, now);
  const windowOpen = isWindowOpen(pair, now);
  const message = keepMessage(sim, { ...accepted, waId: person.waId, byUserId, windowOpen, entryPointUntil });
  pair.typingUntil = 0;
  if (!byUserId) pair.phoneSharedAt = now;
  startJourney(sim, { message, outbound: message.outbound, person, files: collectFiles(sim, parts.sources) });
  return message;
}

/** Writes an accepted message down. `waId` is the person's, or the id of a group. */
export function keepMessage(
  sim: Sim,
  accepted: Accepted & { waId: string; byUserId: boolean; windowOpen: boolean; entryPointUntil?: number | undefined },
): SentMessage {
  const { number, request, parts, body, waId, byUserId, windowOpen, entryPointUntil, viaMarketingApi } = accepted;
  const { type, template } = parts;
  const wamid = newWamid(waId, "outbound");
  const entry = sim.ledger.record("message", {
    phone_number_id: number.id,
    to: request.to ?? request.recipient,
    wa_id: waId,
    wamid,
    type,
    body,
    status: "accepted",
  });
  const message: SentMessage = {
    wamid,
    direction: "outbound",
    phoneNumberId: number.id,
    waId,
    at: sim.clock.now(),
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
      windowOpen,
      entryPointUntil,
      entry,
      historyId: newObjectId(),
      steps: [],
    },
  };
  sim.state.messages.set(wamid, message);
  sim.phones.message(message);
  return message;
}
