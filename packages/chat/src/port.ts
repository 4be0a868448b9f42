import type { BlockInput } from "@aparte/core/channel-input.ts";
import type { RepairView } from "@aparte/core/crm-health.ts";
import type { MatchVerdict } from "@aparte/core/crm-match.ts";
import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { ThreadView } from "@aparte/core/crm-thread.ts";
import type { HistoryInput, LiveInput, SeenInput, SendMessageInput, SendTemplateInput } from "@aparte/core/inputs.ts";
import type { FileView } from "@aparte/core/media.ts";
import type { MessageView } from "@aparte/core/message.ts";
import type { LiveUpdate } from "@aparte/core/record-view.ts";
import type { Outcome } from "@aparte/core/result.ts";
import type { ConsentPort } from "./consent/consent-port.ts";

/** Whether news arrives: `reconnecting` from the moment the stream breaks until it flows again. */
export type LinkState = "connected" | "reconnecting";

export type LiveHandlers = {
  /** News of the person, in the order of the log. Repetition does no harm. */
  readonly onUpdate: (update: LiveUpdate) => void;
  /** `retryAt` (ISO 8601): when the port tries next, while it is `reconnecting` and knows. */
  readonly onState: (state: LinkState, retryAt?: string | null) => void;
};

/** A file on its way to the API. */
export type Upload = { readonly id: string; readonly channelId: string; readonly file: File; readonly name: string };
export type UploadHandlers = {
  /** How much has left, 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
};

/**
 * All that a conversation needs from outside. The panel gives it over the extension's session, the console over its
 * cookie, the gallery over fixtures. Every call resolves to an `Outcome` when the API answered, and rejects when it could
 * not be reached: the difference between "refused" and "not sent" is what people see.
 */
export type ChatPort = {
  readonly sendMessage: (input: SendMessageInput) => Promise<Outcome<{ message: MessageView }>>;
  readonly sendTemplate: (input: SendTemplateInput) => Promise<Outcome<{ message: MessageView }>>;
  /** Sends a failed or unconfirmed message again, under the same id. */
  readonly resend: (messageId: string) => Promise<Outcome<{ message: MessageView }>>;
  /**
   * Gives a file to the API under an id made here, so that giving it again after a lost answer makes no second file. Rejects
   * with an `AbortError` when `signal` ends it.
   */
  readonly uploadFile: (upload: Upload, on: UploadHandlers) => Promise<Outcome<{ file: FileView }>>;
  /** Where a file can be read for a while, to show it or to save it. */
  readonly fileUrl: (fileId: string, use: "show" | "download") => Promise<Outcome<{ url: string }>>;
  /** Blocks the person on this number, or frees them. */
  readonly setBlocked: (input: BlockInput, blocked: boolean) => Promise<Outcome<{ blocked: boolean }>>;
  /** The person's message was read; `typing`: and an answer is being written. */
  readonly seen: (input: SeenInput) => Promise<unknown>;
  readonly history: (
    input: HistoryInput,
  ) => Promise<{ readonly messages: readonly MessageView[]; readonly hasOlder: boolean }>;
  readonly consent: ConsentPort;
  /** Follows the person from the snapshot's cursor on; the answer ends it. Reconnecting is the port's business. */
  readonly subscribe: (input: LiveInput, handlers: LiveHandlers) => () => void;
};

/**
 * Small texts that stay on this machine and never travel: unsent drafts, and how far a conversation was read. An empty
 * text forgets the key; an unknown key loads as "".
 */
export type LocalMemory = {
  readonly load: (key: string) => Promise<string>;
  readonly save: (key: string, text: string) => Promise<void>;
};

/** What somebody says of a number on the record that is open. */
export type Correction = {
  /** E.164. */
  readonly number: string;
  readonly verdict: MatchVerdict;
  /** Whose it is or is not: the record itself, or one of its people. */
  readonly holder: CrmRecordRef;
};

export type ThreadQuestion = {
  /** Only messages that say all of these; empty for all messages. */
  readonly words: string;
  /** Id of the message before which to go on; null begins at the newest. */
  readonly before: string | null;
};

/** What the surface around the conversation can do. What is absent is not offered. */
export type PanelActions = {
  readonly signIn?: () => void;
  /** Opens another number of the same record. */
  readonly chooseNumber?: (e164: string) => void;
  readonly openConsole?: () => void;
  /** Asks the API at once instead of waiting for the next attempt. */
  readonly retry?: () => void;
  /**
   * Takes note of what somebody says of a number, and shows what follows from it. Resolves when that is shown; rejects when
   * the API could not be reached.
   */
  readonly correctMatch?: (correction: Correction) => Promise<void>;
  /** All conversations of all people of the record in one. */
  readonly thread?: (question: ThreadQuestion) => Promise<Outcome<{ thread: ThreadView }>>;
  /** Writes to the CRM again what it refused of the conversation with a person. */
  readonly repair?: (contactId: string) => Promise<Outcome<RepairView>>;
  /** Puts the panel away. */
  readonly close?: () => void;
};
