import type { MessageView } from "@aparte/core/message.ts";
import type { ConversationState } from "./conversation-store.ts";
import { reactionOf, type Outgoing, type OwnReaction } from "./outgoing.ts";

/** The messages as they are shown: those the API knows, then those on their way to it, each with our last reaction. */
export function shownMessages({ snapshot, outgoing }: ConversationState): readonly MessageView[] {
  if (outgoing.length === 0) return snapshot.messages;
  const known = new Set(snapshot.messages.map((message) => message.id));
  const own = outgoing.filter((one) => reactionOf(one) === null && !known.has(one.message.id));
  return outgoing
    .filter((one) => one.message.state !== "failed")
    .map(reactionOf)
    .filter((reaction) => reaction !== null)
    .reduce(withReaction, [...snapshot.messages, ...own.map((one) => one.message)]);
}

/** The messages with our reaction on the one that it is about. */
export function withReaction(messages: readonly MessageView[], { target, emoji }: OwnReaction): readonly MessageView[] {
  return messages.map((message) => {
    if (message.id !== target) return message;
    const theirs = message.reactions.filter(({ from }) => from === "person");
    return { ...message, reactions: emoji === null ? theirs : [...theirs, { emoji, from: "us" } as const] };
  });
}

/** Our reaction to this message that did not get through; undefined without one. */
export function failedReaction(outgoing: readonly Outgoing[], target: string): Outgoing | undefined {
  return outgoing.find((one) => one.message.state === "failed" && reactionOf(one)?.target === target);
}
