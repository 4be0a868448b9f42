import type { ReactNode, RefObject } from "react";
import { Composer } from "./composer.tsx";
import type { ConversationState } from "./conversation-store.ts";
import type { OpenDialog } from "./conversation-top.tsx";
import type { Conversation } from "./conversation.ts";
import { TemplateChoice } from "./lazy-forms.ts";
import type { MessageListHandle } from "./message-list.tsx";
import { AwaitAnswer, Blocked, SendingOff } from "./sending-off.tsx";
import type { ChatPort } from "./port.ts";
import type { Draft } from "./use-draft.ts";
import type { ModeControl } from "./use-mode.ts";
import { useTyping } from "./use-typing.ts";

export type ConversationFootProps = {
  readonly port: ChatPort;
  readonly live: ConversationState;
  readonly conversation: Conversation;
  readonly now: Date;
  readonly draft: Draft;
  readonly list: RefObject<MessageListHandle | null>;
  readonly open: boolean;
  readonly control: ModeControl;
  readonly onFiles: (files: File[]) => void;
  readonly onDialog: OpenDialog;
};

/** What stands below the messages: a text box while the window is open, the templates when it is closed. */
export function ConversationFoot(props: ConversationFootProps): ReactNode {
  const { live, conversation, draft, open, control, onDialog } = props;
  const { person, consent, channel, gate } = live.snapshot;
  const { mode, replyTo } = control;
  const lastOfTheirs = live.snapshot.messages.findLast(({ direction }) => direction === "in");
  const onTyping = useTyping(props.port, lastOfTheirs?.id ?? null);
  const allOut = consent.utility.state === "opted_out" && consent.marketing.state === "opted_out";
  const noReplies = gate.person.restricted || consent.service.state === "opted_out";
  if (live.snapshot.blocked) return <Blocked keptText={draft.text} onUnblock={() => onDialog("block")} />;
  if (!channel.usable) return <SendingOff keptText={draft.text} onRecordConsent={null} />;
  if (noReplies || (!open && allOut)) {
    const about = consent.service.state === "opted_out" ? "service" : "marketing";
    const recordConsent = gate.person.restricted ? null : () => onDialog("given", [about]);
    return <SendingOff keptText={draft.text} onRecordConsent={recordConsent} />;
  }
  if (mode.kind === "waiting") return <AwaitAnswer name={person.name} onTemplates={control.pick} />;
  if (mode.kind === "picking") {
    return (
      <TemplateChoice
        snapshot={live.snapshot}
        now={props.now}
        onPick={control.fill}
        onRecordConsent={(purpose) => onDialog("given", [purpose])}
        onWhy={() => onDialog("why")}
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
