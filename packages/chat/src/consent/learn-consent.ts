import { foldConsent } from "@aparte/core/consent.ts";
import type { Conversation } from "../conversation.ts";
import type { ConsentPort } from "./consent-port.ts";

/**
 * Shows at once what the ledger says of the person to the number of this conversation. The live stream would tell it a
 * moment later, and tells it anyway when this question fails.
 */
export async function learnConsent(port: ConsentPort, conversation: Conversation, now: Date): Promise<void> {
  const { person, channel } = conversation.getState().snapshot;
  const entries = await port.history(person.contactId).catch(() => null);
  if (entries === null) return;
  conversation.learn({ messages: [], consent: foldConsent(entries, { now, channelId: channel.id }) });
}
