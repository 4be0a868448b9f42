import type { Recipient } from "@aparte/whatsapp/message-body.ts";
import type { Channel } from "../channels/service.ts";
import type { ContactRow } from "../contacts/service.ts";

/** Digits that Meta takes as an international number (ITU-T E.164: 15 at most). */
const sendable = /^[1-9]\d{4,14}$/;

/**
 * Under which name Meta reaches a person from a channel: the number where it is known, as every kind of message can go there;
 * else the BSUID of the channel's portfolio. Null when neither is known.
 */
export function recipientOf({ waId, bsuids }: ContactRow, { portfolioId }: Channel): Recipient | null {
  if (waId !== null && sendable.test(waId)) return { to: `+${waId}` };
  const name = bsuids.findLast((bsuid) => bsuid.portfolioId === portfolioId);
  return name ? { recipient: name.bsuid } : null;
}
