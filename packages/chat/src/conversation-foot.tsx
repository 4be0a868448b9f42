import type { ReactNode, RefObject } from "react";
import { Composer } from "./composer.tsx";
import type { ConversationState } from "./conversation-store.ts";
import type { Conversation } from "./conversation.ts";
import { TemplateChoice } from "./lazy-forms.ts";
import type { MessageListHandle } from "./message-list.tsx";
import { optOutScope } from "./opt-out-notice.tsx";
import { AwaitAnswer, Blocked, SendingOff } from "./sending-off.tsx";
import type { ChatPort } from "./port.ts";
import type { Draft } from "./use-draft.ts";
import type { ModeControl } from "./use-mode.ts";
import { useTyping } from "./use-typing.ts";

export type ConversationFootProps = {
  readonly port: ChatPort;
  readonly live: ConversationState;
  readonly conversation: Conversation;
  readonly draft: Draft;
  readonly list: RefObject<MessageListHandle | null>;
  readonly open: boolean;
  readonly control: ModeControl;
  readonly onFiles: (files: File[]) => void;
  readonly onRecordConsent: () => void;
  readonly onUnblock: () => void;
};

/** What stands below the messages: a text box while the window is open, the templates when it is closed. */
export function ConversationFoot(props: ConversationFootProps): ReactNode {
  const { live, conversation, draft, open, control } = props;
  const { person, consent, channel } = live.snapshot;
  const { mode, replyTo } = control;
  const lastOfTheirs = live.snapshot.messages.findLast(({ direction }) => direction === "in");
  const onTyping = useTyping(props.port, lastOfTheirs?.id ?? null);
  const allOut = consent.utility.state === "opted_out" && optOutScope(consent) === "all";
  if (live.snapshot.blocked) return <Blocked keptText={draft.text} onUnblock={props.onUnblock} />;
  if (!channel.usable) return <SendingOff keptText={draft.text} onRecordConsent={null} />;
  if (!open && allOut) return <SendingOff keptText={draft.text} onRecordConsent={props.onRecordConsent} />;
  if (mode.kind === "waiting") return <AwaitAnswer name={person.name} onTemplates={control.pick} />;
  if (mode.kind === "picking") {
    return (
      <TemplateChoice
        snapshot={live.snapshot}
        onPick={control.fill}
        onRecordConsent={props.onRecordConsent}
        onCancel={open ? control.write : null}
        keptText={open ? "" : draft.text}
      />
    );
  }
  return (
    <Composer
      name={person.name}
      draft={draft}
      replyTo={replyTo}
      onCancelReply={control.write}
      onTemplates={control.pick}
      onFiles={props.onFiles}
      onTyping={onTyping}
      price={live.snapshot.prices.SERVICE}
      onForm={control.compose}
      onLeaveUp={() => props.list.current?.focusLast()}
      onSend={(text) => {
        conversation.send({ content: { kind: "text", text }, replyTo: replyTo?.id ?? null });
        draft.setText("");
        control.write();
      }}
    />
  );
}
