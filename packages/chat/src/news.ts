import type { MessageView } from "@aparte/core/message.ts";

/**
 * What changed between two views of a conversation that a person who does not look at the screen must hear: messages the
 * person wrote, and messages of ours that failed. Loading older pages is no news.
 */
export function newsBetween(before: readonly MessageView[], after: readonly MessageView[]): MessageView[] {
  const known = new Map(before.map((message) => [message.id, message]));
  const newest = Math.max(0, ...before.map((message) => Date.parse(message.at)));
  return after.filter((message) => {
    const earlier = known.get(message.id);
    if (message.direction === "in") return !earlier && Date.parse(message.at) >= newest;
    return needsAttention(message) && earlier !== undefined && !needsAttention(earlier);
  });
}

/** Our message did not arrive, as far as we know, and someone should look at it. */
export function needsAttention(message: MessageView): boolean {
  return message.state === "failed" || message.state === "unconfirmed";
}
