import { createHash } from "node:crypto";
import type { Message } from "../messages/message.ts";
import type { State } from "../state.ts";
import type { Update } from "./envelope.ts";

/** The last version whose statuses always name a conversation (Meta: Cloud API changelog, v24.0). */
const LAST_WITH_CONVERSATION = 23;

/**
 * An update as an app of a subscription version hears it. Up to v23.0 the statuses sent, delivered and read name a
 * conversation; since prices are per message, every message is one of its own. In a free entry point the messages
 * share one, and every version names it.
 */
export function asOfVersion(state: State, update: Update, version: string): Update {
  const { statuses } = update.value;
  if (!Array.isArray(statuses)) return update;
  const isOld = majorOf(version) <= LAST_WITH_CONVERSATION;
  const shaped = statuses.map((status: Record<string, unknown>) => {
    const message = state.messages.get(String(status.id));
    const isFree = message?.outbound?.entryPointUntil !== undefined;
    if (message === undefined || status.status === "failed" || !(isOld || isFree)) return status;
    return { ...status, conversation: conversationOf(message) };
  });
  return { ...update, value: { ...update.value, statuses: shaped } };
}

function majorOf(version: string): number {
  return Number.parseInt(version.replace(/^v/u, ""), 10);
}

function conversationOf({ wamid, phoneNumberId, waId, outbound }: Message): Record<string, unknown> {
  const until = outbound?.entryPointUntil;
  if (until === undefined)
    return { id: idOf(wamid), origin: { type: (outbound?.category ?? "SERVICE").toLowerCase() } };
  return {
    id: idOf(`${phoneNumberId}:${waId}:${until}`),
    expiration_timestamp: String(Math.floor(until / 1000)),
    origin: { type: "referral_conversion" },
  };
}

function idOf(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
