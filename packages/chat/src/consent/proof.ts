import type { ConsentEntry } from "@aparte/core/consent.ts";
import type { MessageView } from "@aparte/core/message.ts";

/** The message in which the person said it. Null when it was said elsewhere, or on a page that is not loaded. */
export function proofMessage({ evidence }: ConsentEntry, messages: readonly MessageView[]): MessageView | null {
  const { messageId } = evidence;
  return messages.find(({ id, direction }) => id === messageId && direction === "in") ?? null;
}
