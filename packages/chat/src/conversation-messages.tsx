import type { MessageView } from "@aparte/core/message.ts";
import { useMemo, type ReactNode, type RefObject } from "react";
import type { ConversationState } from "./conversation-store.ts";
import type { Conversation } from "./conversation.ts";
import { MessageList, type MessageListHandle } from "./message-list.tsx";
import type { LocalMemory } from "./port.ts";
import { failedReaction, shownMessages } from "./shown-messages.ts";
import { timeline } from "./timeline.ts";
import type { Draft } from "./use-draft.ts";
import { useSeen } from "./use-seen.ts";

export type ConversationMessagesProps = {
  readonly live: ConversationState;
  readonly conversation: Conversation;
  readonly now: Date;
  readonly draft: Draft;
  readonly memory: LocalMemory;
  readonly list: RefObject<MessageListHandle | null>;
  /** Whether something may be written without a template now. */
  readonly open: boolean;
  readonly onTemplate: () => void;
  readonly onReply: (message: MessageView) => void;
};

/** The messages of a conversation, and what can be done with each. */
export function ConversationMessages(props: ConversationMessagesProps): ReactNode {
  const { live, conversation, draft, list, memory, now, open } = props;
  const { snapshot, outgoing } = live;
  const messages = shownMessages(live);
  const key = `${snapshot.channel.id} ${snapshot.person.contactId}`;
  const seen = useSeen(memory, key, snapshot.messages.at(-1)?.at ?? null);
  const rows = useMemo(() => timeline(messages, seen), [messages, seen]);
  const edit = (message: MessageView): void => {
    if (message.content.kind !== "text") return;
    draft.setText([draft.text, message.content.text].filter(Boolean).join("\n"));
    conversation.discard(message.id);
  };
  return (
    <MessageList
      ref={list}
      rows={rows}
      messageById={(id) => messages.find((message) => message.id === id)}
      older={live.older !== "idle" ? live.older : snapshot.hasOlder ? "idle" : "none"}
      onLoadOlder={conversation.loadOlder}
      context={{
        personName: snapshot.person.name,
        timeZone: snapshot.person.timeZone,
        now,
        onReply: open ? props.onReply : null,
        onReact: open ? (message, emoji) => conversation.react(message.id, emoji) : null,
        failedReaction: (id) => failedReaction(outgoing, id),
        isWaiting: (id) => outgoing.some((one) => one.waiting && one.message.id === id),
        onRetry: (message) => conversation.retry(message.id),
        onDiscard: conversation.discard,
        onEdit: edit,
        onTemplate: props.onTemplate,
      }}
    />
  );
}
