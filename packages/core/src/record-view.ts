import type { ConsentView } from "./consent.ts";
import type { MatchView, NumberHolder, NumberVerdict, RecordSignal } from "./crm-match.ts";
import type { CrmField, RecordHeader } from "./crm-record.ts";
import type { ErrorCode } from "./errors.ts";
import type { MessageView } from "./message.ts";
import type { PriceCategory, PriceView } from "./price.ts";
import type { GateFacts } from "./send-decision.ts";
import type { TemplateView } from "./template.ts";
import type { WindowView } from "./window.ts";

/** The number that messages leave from, as everyone who sends sees it. */
export type ChannelView = {
  readonly id: string;
  readonly displayPhoneNumber: string;
  readonly verifiedName: string;
  readonly qualityRating: "GREEN" | "YELLOW" | "RED" | "UNKNOWN";
  readonly usable: boolean;
  /** Why it cannot be used; null when it can. */
  readonly problem: ErrorCode | null;
};

/**
 * A phone number of the record or of its people: the field it stands in (empty for one that stands in none), and the number
 * in E.164 or null when it is no number.
 */
export type RecordNumber = {
  readonly label: string;
  readonly raw: string;
  readonly e164: string | null;
  /** As people of that country write it internationally: "+55 11 91234-5678". */
  readonly display: string;
  /** Whose it is: the record itself, or one of its people; null for a number that was opened without a record. */
  readonly holder: NumberHolder | null;
  readonly verdict: NumberVerdict;
};

export type PersonView = {
  readonly contactId: string;
  readonly name: string;
  readonly e164: string;
  readonly display: string;
  /** IANA zone from the number's region when that is unambiguous; null otherwise. */
  readonly timeZone: string | null;
};

/** State of the copy in the CRM. */
export type SyncView = {
  readonly state: "nothing_yet" | "synced" | "waiting" | "failed";
  readonly lastSyncedAt: string | null;
  readonly reason: ErrorCode | null;
};

/** Everything that the panel needs for one person, in one answer. */
export type ConversationSnapshot = {
  readonly person: PersonView;
  readonly channel: ChannelView;
  readonly consent: ConsentView;
  readonly window: WindowView;
  /** We blocked the person on this number: they can neither write nor see it. */
  readonly blocked: boolean;
  /** What the gate asks besides, so that it is asked the same here as in the API. */
  readonly gate: GateFacts;
  /** What the next message will probably cost. */
  readonly prices: Readonly<Record<PriceCategory, PriceView>>;
  readonly messages: readonly MessageView[];
  readonly hasOlder: boolean;
  readonly templates: readonly TemplateView[];
  readonly fields: readonly CrmField[];
  readonly sync: SyncView;
  /** What fields of the person's own records say against messages. */
  readonly signals: readonly RecordSignal[];
  /** Where the live stream goes on: everything after this is news. Opaque. */
  readonly cursor: string;
};

/** What opening a record, or a number, answers: a conversation, or the plain reason why there is none. */
export type RecordView =
  | {
      readonly state: "ready";
      /** Null for a number that was opened without a record. */
      readonly record: RecordHeader | null;
      /** The record's own numbers and those of its people, the primary person first. */
      readonly numbers: readonly RecordNumber[];
      /** Why this person stands here; null when no record is known to be theirs. */
      readonly match: MatchView | null;
      /** Other records that hold the person's number or were chosen for them, in every connected CRM. */
      readonly elsewhere: readonly RecordHeader[];
      /** How many people the record has: 1 when it is a person. */
      readonly peopleCount: number;
      readonly conversation: ConversationSnapshot;
    }
  /** `people`: at whose records a number would be looked for; empty when the record is the person. */
  | { readonly state: "no_number"; readonly record: RecordHeader; readonly people: readonly NumberHolder[] }
  | {
      readonly state: "invalid_number";
      readonly record: RecordHeader | null;
      readonly numbers: readonly RecordNumber[];
    }
  | { readonly state: "unavailable"; readonly reason: ErrorCode; readonly record: RecordHeader | null };

/**
 * One step of the live stream for a person. Parts that did not change are absent; a message replaces the one with the
 * same id.
 */
export type LiveUpdate = {
  readonly messages: readonly MessageView[];
  readonly consent?: ConsentView;
  readonly window?: WindowView;
  readonly blocked?: boolean;
  /** Whenever something may have changed that it counts: a message left, a word was reviewed, a restriction. */
  readonly gate?: GateFacts;
  readonly templates?: readonly TemplateView[];
  readonly sync?: SyncView;
  readonly signals?: readonly RecordSignal[];
};
