import type { SendFacts } from "@aparte/core/send-policy.ts";
import { loadConsent } from "../consent/service.ts";
import type { Tx } from "../platform/db.ts";
import { loadWindow } from "./read-window.ts";
import { findConversation } from "./read.ts";

/** Who writes to whom. */
export type Place = { readonly contactId: string; readonly channelId: string };

/** The facts that the policy asks for, as they are now. */
export async function loadSendFacts(
  tx: Tx,
  place: Place & { readonly workspaceId: string; readonly channelUsable: boolean },
  now: Date,
): Promise<SendFacts> {
  const conversationId = await findConversation(tx, place.workspaceId, place.channelId, place.contactId);
  return {
    channelUsable: place.channelUsable,
    consent: await loadConsent(tx, place.workspaceId, place.contactId),
    window: await loadWindow(tx, place.workspaceId, conversationId, now),
  };
}
