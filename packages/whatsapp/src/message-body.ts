import type { FreeContent } from "@aparte/core/message-content.ts";
import { freePart, type FreePart, type MediaIds } from "./free-part.ts";
import type { TemplateComponent } from "./template-components.ts";
import { given } from "./wire.ts";

/** Who gets it: a phone number, or the BSUID of a person who hides the number. */
export type Recipient =
  | { readonly to: string; readonly recipient?: never }
  | { readonly recipient: string; readonly to?: never };

type TemplatePart = {
  readonly type: "template";
  readonly template: {
    readonly name: string;
    readonly language: { readonly policy: "deterministic"; readonly code: string };
    readonly components: readonly TemplateComponent[];
  };
};

/** The body of `POST /{phone number id}/messages` (Meta, "messages" endpoint). */
export type MessageBody = {
  readonly messaging_product: "whatsapp";
  readonly recipient_type: "individual";
  readonly to?: string;
  readonly recipient?: string;
  readonly context?: { readonly message_id: string };
  readonly biz_opaque_callback_data: string;
} & (FreePart | TemplatePart);

/** Our id of the message, at most 512 characters: every status echoes it, so that a lost answer can be settled. */
type Traced = { readonly callbackData: string };

export type FreeToSend = Recipient &
  Traced & {
    readonly content: FreeContent;
    /** The quoted message. */
    readonly replyToWamid: string | null;
    /** The message that a reaction is about; null for all other kinds. */
    readonly aboutWamid: string | null;
    readonly files: MediaIds;
  };

/**
 * A message without a template, as the person composed it. Throws on what is decided before (`contentProblems`, the
 * upload of the files): a recipient or id that Meta refuses, a file without a media id, a reaction about no message.
 */
export function freeBody({ content, replyToWamid, aboutWamid, files, ...head }: FreeToSend): MessageBody {
  return {
    ...envelope(head),
    // Meta refuses to quote with a reaction.
    ...given({ context: replyToWamid === null || content.kind === "reaction" ? null : { message_id: replyToWamid } }),
    ...freePart(content, { files, aboutWamid }),
  };
}

export type TemplateToSend = Recipient &
  Traced & {
    readonly name: string;
    readonly language: string;
    /** From `templateComponents`. */
    readonly components: readonly TemplateComponent[];
  };

/** A template with its values. Throws on a recipient or id that Meta refuses. */
export function templateBody({ name, language, components, ...head }: TemplateToSend): MessageBody {
  return {
    ...envelope(head),
    type: "template",
    template: { name, language: { policy: "deterministic", code: language }, components },
  };
}

function envelope({ to, recipient, callbackData }: Recipient & Traced) {
  if (callbackData.length > 512) throw new Error("the callback data is longer than 512 characters");
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...(to === undefined ? { recipient } : { to: international(to) }),
    biz_opaque_callback_data: callbackData,
  } as const;
}

/** With `+`: without it Meta puts the country code of the business number in front. */
function international(number: string): string {
  const digits = /^\+?([1-9]\d{4,14})$/.exec(number)?.[1];
  if (digits === undefined) throw new Error("the recipient is not an international phone number");
  return `+${digits}`;
}
