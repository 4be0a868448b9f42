import { createHash } from "node:crypto";
import type { State } from "../state.ts";
import type { Update } from "./envelope.ts";

/** The last version whose statuses always name a conversation (Meta: Cloud API changelog, v24.0). */
const LAST_WITH_CONVERSATION = 23;

/**
 * An update as an app of a subscription version hears it. Up to v23.0 the statuses sent, delivered and read name a
 * conversation; since prices are per message, every message is one of its own.
 */
export function asOfVersion(state: State, update: Update, version: string): Update {
  const { statuses } = update.value;
  if (!Array.isArray(statuses) || majorOf(version) > LAST_WITH_CONVERSATION) return update;
  const shaped = statuses.map((status: Record<string, unknown>) => {
    const category = state.messages.get(String(status.id))?.outbound?.category;
    if (category === undefined || status.status === "failed" || "conversation" in status) return status;
    return {
      ...status,
      conversation: { id: conversationId(String(status.id)), origin: { type: category.toLowerCase() } },
    };
  });
  return { ...update, value: { ...update.value, statuses: shaped } };
}

function majorOf(version: string): number {
  return Number.parseInt(version.replace(/^v/u, ""), 10);
}

function conversationId(wamid: string): string {
  return createHash("md5").update(wamid).digest("hex");
}
