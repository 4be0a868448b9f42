import { createHash } from "node:crypto";
import type { ConsentEntry } from "@aparte/core/consent.ts";
import type { MessageView } from "@aparte/core/message.ts";
import type { LogKind } from "./entry.ts";

/** A stretch of a conversation that becomes one entry in the CRM. Never empty; oldest message first. */
export type LogSession<M> = { readonly startedAt: string; readonly endedAt: string; readonly messages: readonly M[] };

/** What the words of an entry are, in the language of the workspace. */
export type LogWords = {
  /** BCP 47 tag for dates and times. */
  readonly locale: string;
  /** "WhatsApp with Ada Example: 7 messages, the last one received". */
  title(facts: { readonly contact: string; readonly count: number; readonly last: MessageView["direction"] }): string;
  /** "WhatsApp from Ada Example". */
  messageTitle(facts: { readonly contact: string; readonly direction: MessageView["direction"] }): string;
  /** "Ada Example agreed to WhatsApp messages: marketing". */
  consentTitle(facts: Pick<ConsentEntry, "action"> & { readonly contact: string; readonly purposes: string }): string;
  purpose(purpose: ConsentEntry["purpose"]): string;
  method(method: ConsentEntry["method"]): string;
  /** What stands before each fact of a consent. */
  readonly consentLabels: Readonly<Record<"when" | "how" | "wording" | "recordedBy", string>>;
  /** Marks behind a message that did not arrive, or may not have. */
  readonly notDelivered: string;
  readonly unconfirmed: string;
  /** The sentence in place of the rest of a very long message. */
  readonly restLeftOut: string;
  /** The sentence in place of what does not fit into one entry. */
  earlierLeftOut(facts: { readonly count: number }): string;
};

/** What an entry tells of. */
export type LogSubject =
  | { readonly kind: "session" | "message"; readonly messages: readonly MessageView[] }
  | {
      readonly kind: "consent";
      /** What was given or withdrawn in one act, for each purpose. Never empty. */
      readonly entries: readonly ConsentEntry[];
      /** Name of the colleague who wrote it down; null for a machine. */
      readonly recordedBy: string | null;
    };

export type LogContent = {
  readonly subject: LogSubject;
  readonly contactName: string;
  /** Who speaks when no colleague wrote: the business's name on WhatsApp. */
  readonly businessName: string;
  /** IANA zone of the CRM account, so that all who read an entry read the same times. */
  readonly timeZone: string;
  /** The page on which a colleague who is signed in sees a file. */
  readonly fileUrl: (fileId: string) => string;
  readonly words: LogWords;
};

/**
 * Groups messages into sessions: one begins when more than `gapHours` passed since the message before. One entry per
 * message would drown the record's timeline. The key of a session that was already logged keeps its first start even
 * when a message from before it arrives late.
 */
export function sessionsOf<M extends { readonly at: string }>(messages: readonly M[], gapHours = 24): LogSession<M>[] {
  const sessions: { startedAt: string; endedAt: string; messages: M[] }[] = [];
  for (const message of messages.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const open = sessions.at(-1);
    if (open && Date.parse(message.at) - Date.parse(open.endedAt) <= gapHours * 3_600_000) {
      open.messages.push(message);
      open.endedAt = message.at;
    } else {
      sessions.push({ startedAt: message.at, endedAt: message.at, messages: [message] });
    }
  }
  return sessions;
}

/**
 * The name by which the CRM knows an entry: always the same for the same one, without anything personal in it. 32
 * characters of lower-case base32 (RFC 4648 letters), because some CRMs compare keys without regard to case and put them
 * into paths. `k2_` names this recipe; entries of the older one keep the key that they have.
 */
export function logKey(entry: {
  readonly workspaceId: string;
  readonly kind: LogKind;
  readonly contactId: string;
  /** The number that the conversation is held with; null for a consent, which holds for all of them. */
  readonly channelId: string | null;
  /** The session's start in ISO 8601, or the id of the message or of the consent event. */
  readonly subject: string;
}): string {
  const { workspaceId, kind, contactId, channelId, subject } = entry;
  const name = kind === "session" ? new Date(subject).toISOString() : subject;
  const parts = JSON.stringify([workspaceId, kind, contactId, channelId, name]);
  return `k2_${base32(createHash("sha256").update(parts).digest()).slice(0, 29)}`;
}

function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? [])
    .map((five) => "abcdefghijklmnopqrstuvwxyz234567"[Number.parseInt(five, 2)])
    .join("");
}

/** Tells whether what stands in the CRM differs from what should, without keeping it. */
export function contentHash(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
