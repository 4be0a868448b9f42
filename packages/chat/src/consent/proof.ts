import type { ConsentEntry } from "@aparte/core/consent.ts";
import type { MessageView } from "@aparte/core/message.ts";

/**
 * The message in which the person withdrew: what they wrote, when they wrote it. Null when the withdrawal came another
 * way, or on a page that is not loaded.
 */
export function proofMessage(event: ConsentEntry, messages: readonly MessageView[]): MessageView | null {
  if (event.method !== "keyword") return null;
  const wording = event.wording.trim();
  const candidates = messages.filter(
    ({ direction, content }) => direction === "in" && "text" in content && content.text?.trim() === wording,
  );
  return candidates.find((message) => Date.parse(message.at) === Date.parse(event.occurredAt)) ?? null;
}
