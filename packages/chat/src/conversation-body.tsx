import { windowNow } from "@aparte/core/panel-state.ts";
import { Suspense, useEffect, useState, type ReactNode, type RefObject } from "react";
import type { Attachments } from "./compose/attachments.ts";
import { DropZone } from "./compose/drop-zone.tsx";
import { ConversationFoot } from "./conversation-foot.tsx";
import { ConversationMessages } from "./conversation-messages.tsx";
import type { ConversationState } from "./conversation-store.ts";
import type { OpenDialog } from "./conversation-top.tsx";
import type { Conversation } from "./conversation.ts";
import { FilesProvider } from "./files/files-provider.tsx";
import { AttachmentForm, ContentForm, TemplateForm } from "./lazy-forms.ts";
import type { MessageListHandle } from "./message-list.tsx";
import type { ChatPort, LocalMemory } from "./port.ts";
import type { Draft } from "./use-draft.ts";
import { useMode, type ModeControl } from "./use-mode.ts";
import { warmParts } from "./warm-parts.ts";

export type ConversationBodyProps = {
  readonly port: ChatPort;
  readonly live: ConversationState;
  readonly conversation: Conversation;
  readonly now: Date;
  readonly crm: string;
  readonly draft: Draft;
  readonly memory: LocalMemory;
  readonly list: RefObject<MessageListHandle | null>;
  readonly onDialog: OpenDialog;
};

/**
 * The messages, and below them what may be done now. While a message is made in a form of its own, a template, files, a
 * question, the form takes the place of the messages.
 */
export function ConversationBody(props: ConversationBodyProps): ReactNode {
  const { live, now, port } = props;
  const { snapshot } = live;
  const open = snapshot.channel.usable && windowNow(snapshot.window, now).state === "open";
  const control = useMode(open);
  const [attachments, setAttachments] = useState<Attachments | null>(null);
  useEffect(warmParts, []);
  const attach = async (files: File[]): Promise<void> => {
    const { createAttachments } = await import("./compose/attachments.ts");
    const list = attachments ?? createAttachments(port.uploadFile, snapshot.channel.id);
    list.add(files);
    setAttachments(list);
    control.attach();
  };
  const onFiles = (files: File[]): void => void attach(files);
  const form = formOf(props, control, attachments);
  return (
    <FilesProvider port={port}>
      <DropZone onFiles={open ? onFiles : null}>
        <Suspense fallback={<div className="grow bg-canvas" />}>
          {form ?? (
            <>
              <ConversationMessages {...props} open={open} onTemplate={control.pick} onReply={control.reply} />
              <ConversationFoot {...props} {...{ open, control, onFiles }} />
            </>
          )}
        </Suspense>
      </DropZone>
    </FilesProvider>
  );
}

/** The form in which a message is made just now; null while there is none. */
function formOf(props: ConversationBodyProps, control: ModeControl, attachments: Attachments | null): ReactNode {
  const { conversation, draft, port } = props;
  const { person } = props.live.snapshot;
  const { mode, replyTo } = control;
  switch (mode.kind) {
    case "filling":
      return (
        <TemplateForm
          option={mode.option}
          snapshot={props.live.snapshot}
          now={props.now}
          source={props.crm}
          port={port}
          onWhy={() => props.onDialog("why")}
          keptText={draft.text}
          onBack={control.pick}
          onSend={(filled) => {
            conversation.sendTemplate(filled);
            control.sent();
          }}
        />
      );
    case "attaching":
      return attachments === null ? null : (
        <AttachmentForm
          attachments={attachments}
          name={person.name}
          replyTo={replyTo?.id ?? null}
          onSend={conversation.send}
          onDone={control.sent}
          onCancel={control.back}
        />
      );
    case "composing":
      return (
        <ContentForm
          kind={mode.form}
          name={person.name}
          onSend={(content) => {
            conversation.send({ content, replyTo: replyTo?.id ?? null });
            control.sent();
          }}
          onCancel={control.back}
        />
      );
    case "writing":
    case "picking":
    case "waiting":
      return null;
  }
}
