import type { CrmName } from "@aparte/core/crm-record.ts";
import type { MessageView } from "@aparte/core/message.ts";
import { windowNow } from "@aparte/core/panel-state.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useMemo, useState, type ReactNode, type RefObject } from "react";
import { Composer } from "./composer.tsx";
import { shownMessages, type Conversation, type ConversationState } from "./conversation.ts";
import { crmNames } from "./crm-name.ts";
import { MessageList, type MessageListHandle } from "./message-list.tsx";
import { optOutScope } from "./opt-out-notice.tsx";
import type { LocalMemory } from "./port.ts";
import { AwaitAnswer, SendingOff } from "./sending-off.tsx";
import { TemplateForm } from "./template-form.tsx";
import { templateOptions, type TemplateOption } from "./template-options.ts";
import { TemplatePicker } from "./template-picker.tsx";
import { timeline } from "./timeline.ts";
import type { Draft } from "./use-draft.ts";
import { useSeen } from "./use-seen.ts";

export type ConversationBodyProps = {
  readonly live: ConversationState;
  readonly conversation: Conversation;
  readonly now: Date;
  readonly crm: CrmName;
  readonly draft: Draft;
  readonly memory: LocalMemory;
  readonly list: RefObject<MessageListHandle | null>;
  readonly onRecordConsent: () => void;
};

/**
 * The messages, and below them what may be done now: a text box while the window is open, the templates when it is closed.
 * While a template is filled in, its bubble takes the place of the messages.
 */
export function ConversationBody(props: ConversationBodyProps): ReactNode {
  const { live, conversation, now, crm, draft } = props;
  const { snapshot } = live;
  const { locale } = useWords();
  const open = snapshot.channel.usable && windowNow(snapshot.window, now).state === "open";
  const sender = useSender(open);
  const messages = shownMessages(live);
  const options = useMemo(
    () => templateOptions(snapshot.templates, { consent: snapshot.consent, messages: snapshot.messages, locale }),
    [snapshot.templates, snapshot.consent, snapshot.messages, locale],
  );
  if (sender.mode.kind === "filling") {
    return (
      <TemplateForm
        option={sender.mode.option}
        consent={snapshot.consent}
        fields={snapshot.fields}
        source={crmNames[crm]}
        keptText={draft.text}
        onBack={sender.pick}
        onSend={(template, values) => {
          conversation.sendTemplate(template, values);
          sender.sent();
        }}
      />
    );
  }
  return (
    <>
      <Messages {...props} messages={messages} onTemplate={sender.pick} onReply={open ? sender.reply : null} />
      <Foot {...props} messages={messages} open={open} options={options} sender={sender} />
    </>
  );
}

type Mode =
  | { readonly kind: "writing"; readonly replyTo: MessageView | null }
  | { readonly kind: "picking" }
  | { readonly kind: "filling"; readonly option: TemplateOption }
  | { readonly kind: "waiting" };

/** What stands in the foot. An answer of the person opens the text box, whatever stood there. */
function useSender(open: boolean) {
  const [mode, setMode] = useState<Mode>(open ? { kind: "writing", replyTo: null } : { kind: "picking" });
  const [wasOpen, setWasOpen] = useState(open);
  if (wasOpen !== open) {
    setWasOpen(open);
    setMode(open ? { kind: "writing", replyTo: null } : { kind: "picking" });
  }
  return {
    mode,
    write: () => setMode({ kind: "writing", replyTo: null }),
    reply: (replyTo: MessageView) => setMode({ kind: "writing", replyTo }),
    pick: () => setMode({ kind: "picking" }),
    fill: (option: TemplateOption) => setMode({ kind: "filling", option }),
    sent: () => setMode(open ? { kind: "writing", replyTo: null } : { kind: "waiting" }),
  };
}

function Messages(
  props: ConversationBodyProps & {
    readonly messages: readonly MessageView[];
    readonly onTemplate: () => void;
    readonly onReply: ((message: MessageView) => void) | null;
  },
): ReactNode {
  const { live, conversation, draft, messages, list, memory, now, onReply, onTemplate } = props;
  const { snapshot, outgoing } = live;
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
        now,
        onReply,
        isWaiting: (id) => outgoing.some((one) => one.waiting && one.message.id === id),
        onRetry: (message) => conversation.retry(message.id),
        onEdit: edit,
        onTemplate,
      }}
    />
  );
}

function Foot(
  props: ConversationBodyProps & {
    readonly messages: readonly MessageView[];
    readonly open: boolean;
    readonly options: readonly TemplateOption[];
    readonly sender: ReturnType<typeof useSender>;
  },
): ReactNode {
  const { live, conversation, draft, open, sender } = props;
  const { person, consent, channel } = live.snapshot;
  const { mode } = sender;
  const allOut = consent.utility.state === "opted_out" && optOutScope(consent) === "all";
  if (!channel.usable) return <SendingOff keptText={draft.text} onRecordConsent={null} />;
  if (!open && allOut) return <SendingOff keptText={draft.text} onRecordConsent={props.onRecordConsent} />;
  if (mode.kind === "waiting") return <AwaitAnswer name={person.name} onTemplates={sender.pick} />;
  if (mode.kind === "picking") {
    return (
      <TemplatePicker
        options={props.options}
        fields={live.snapshot.fields}
        onPick={sender.fill}
        onRecordConsent={props.onRecordConsent}
        onCancel={open ? sender.write : null}
        keptText={open ? "" : draft.text}
      />
    );
  }
  const replyTo = mode.kind === "writing" ? mode.replyTo : null;
  return (
    <Composer
      name={person.name}
      draft={draft}
      replyTo={replyTo}
      onCancelReply={sender.write}
      onTemplates={sender.pick}
      onLeaveUp={() => props.list.current?.focusLast()}
      onSend={(text) => {
        conversation.send({ kind: "text", text }, replyTo?.id ?? null);
        draft.setText("");
        sender.write();
      }}
    />
  );
}
