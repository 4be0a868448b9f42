import type { ErrorCode } from "@aparte/core/errors.ts";
import type { SendMessageInput, SendTemplateInput } from "@aparte/core/inputs.ts";
import type { FileView } from "@aparte/core/media.ts";
import type { FreeContent, MessageContent } from "@aparte/core/message-content.ts";
import type { MessageState, MessageView } from "@aparte/core/message.ts";
import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import { renderTemplate } from "@aparte/core/template-render.ts";
import type { TemplateView } from "@aparte/core/template.ts";

/** A message on its way from here to the API: how it is asked for, and how it looks meanwhile. */
export type Outgoing = (
  | { readonly kind: "free"; readonly input: SendMessageInput }
  | { readonly kind: "template"; readonly input: SendTemplateInput }
) & {
  readonly message: MessageView;
  /** The API could not be reached; it goes out by itself when the stream is back. */
  readonly waiting: boolean;
};

/** What is to be said: to which message it answers, and the files in it as the API knows them. */
export type Said = {
  readonly content: FreeContent;
  readonly replyTo: string | null;
  readonly files?: readonly FileView[];
};

/** A template with all its values, and the files that they name. */
export type FilledTemplate = {
  readonly template: TemplateView;
  readonly values: Readonly<Record<string, string>>;
  readonly files?: readonly FileView[];
};

/** Our reaction to another message; null takes it back. */
export type OwnReaction = { readonly target: string; readonly emoji: string | null };

type Birth = { readonly now: () => Date; readonly newId: () => string };

export function newMessage(snapshot: ConversationSnapshot, { files = [], ...said }: Said, birth: Birth): Outgoing {
  const id = birth.newId();
  const input = { id, contactId: snapshot.person.contactId, channelId: snapshot.channel.id, ...said };
  return { kind: "free", input, message: { ...draftOf(input, said.content, birth), files }, waiting: false };
}

export function newTemplate(
  snapshot: ConversationSnapshot,
  { template, values, files = [] }: FilledTemplate,
  birth: Birth,
): Outgoing {
  const id = birth.newId();
  const { name, language } = template;
  const input = {
    id,
    contactId: snapshot.person.contactId,
    channelId: snapshot.channel.id,
    templateId: template.id,
    values: { ...values },
  };
  const bubble = renderTemplate(template.shape, values);
  const content = { kind: "template", templateId: template.id, name, language, values, bubble } as const;
  return { kind: "template", input, message: { ...draftOf(input, content, birth), files }, waiting: false };
}

/** The reaction that this one is; null when it is a message of its own. */
export function reactionOf({ kind, input }: Outgoing): OwnReaction | null {
  if (kind !== "free" || input.content.kind !== "reaction" || input.replyTo === null) return null;
  return { target: input.replyTo, emoji: input.content.emoji };
}

/** The same message in another state of its way, failed with a reason or not. */
export function withState(one: Outgoing, state: MessageState, code: ErrorCode | null): Outgoing {
  return { ...one, message: { ...one.message, state, failure: code === null ? null : { code, details: null } } };
}

function draftOf(
  input: { readonly id: string; readonly replyTo?: string | null },
  content: MessageContent,
  birth: Birth,
): MessageView {
  return {
    id: input.id,
    conversationId: "",
    direction: "out",
    author: null,
    content,
    state: "queued",
    at: birth.now().toISOString(),
    deliveredAt: null,
    readAt: null,
    replyTo: input.replyTo ?? null,
    context: null,
    files: [],
    reactions: [],
    editedAt: null,
    held: null,
    failure: null,
  };
}
