import type { MessageContent } from "@aparte/core/message-content.ts";
import type { MessageContext, MessageState, ProviderState } from "@aparte/core/message.ts";
import type { TemplateCategory, TemplateStatus } from "@aparte/core/template.ts";

/**
 * Where a fact comes from. Both ids must be bound to the secret that signed the delivery before the fact counts: a
 * valid signature alone says nothing about whose number is named inside.
 */
type Origin = { readonly wabaId: string; readonly phoneNumberId: string };
export type AccountOrigin = {
  readonly wabaId: string;
  readonly phoneNumberId: null;
  /** When Meta said it (`entry[].time`, ISO 8601): news of an account carry no time of their own. Null when not told. */
  readonly timestamp: string | null;
};

/**
 * Meta's two names of a person; at least one is known. The phone number is absent when the person hides it behind a
 * username, the BSUID in bodies older than April 2026 (Meta, "Business-scoped user IDs").
 */
export type Person = {
  /** Digits only, without `+`. */
  readonly waId: string | null;
  readonly bsuid: string | null;
};

/** A file that came with a message, still at Meta: 7 days for a received one, 14 for one of the history. */
export type ReceivedFile = {
  /** Meta's media id; letters, digits, dot, dash and underscore only, so that it may stand in a path. */
  readonly id: string;
  /** As told; says nothing about the bytes. */
  readonly mimeType: string;
  /** Lower-case hex; null when not told. */
  readonly sha256: string | null;
  readonly fileName: string | null;
  readonly animated: boolean;
};

/**
 * One thing said in a conversation. `source` tells how we learned it: as it happened; typed in the phone app that shares
 * the number; from the history that the phone app handed over.
 */
export type MessageFact = Origin &
  Person & {
    readonly kind: "message";
    readonly wamid: string;
    /** `in`: the person wrote it; `out`: the business did. The person is the one on the other side in both. */
    readonly direction: "in" | "out";
    readonly source: "live" | "phone_app" | "history";
    /** How far an outgoing message of the history had come; null for all others. */
    readonly state: MessageState | null;
    readonly profileName: string | null;
    /** ISO 8601, Meta's clock, as it was sent: a time in the future is not corrected here. */
    readonly timestamp: string;
    readonly content: MessageContent;
    /** The files of the content, under the ids by which it names them. */
    readonly files: readonly ReceivedFile[];
    /** The quoted message. */
    readonly replyToWamid: string | null;
    /** The message that a reaction, an edit or a deletion is about. */
    readonly aboutWamid: string | null;
    /** Forwarded, from an advertisement, about a product; null for most messages. */
    readonly context: MessageContext | null;
  };

/**
 * A person has a new number or a new BSUID (Meta, system messages). Comes before the notice of the same wamid, which names
 * the person as they are now. Each side names at least one of the two.
 */
export type IdentityFact = Origin & {
  readonly kind: "identity";
  readonly wamid: string;
  readonly timestamp: string;
  readonly previous: Person;
  readonly now: Person;
};

/** The address book of the phone app that shares the number: its owner named a person, or removed the entry. */
export type ContactNameFact = Origin &
  Person & {
    readonly kind: "contact_name";
    readonly action: "add" | "remove";
    /** Null for a removal that does not repeat the name. */
    readonly name: string | null;
    readonly timestamp: string;
  };

/** Why Meta did not deliver a message. `code` is a Meta error number: see `ourErrorCode`. */
export type StatusError = { readonly code: number; readonly title: string; readonly details: string | null };

/** Meta's own word on the price; the truth for what was billed. `model` is PMP, or CBP before July 2025. */
export type Pricing = {
  readonly billable: boolean | null;
  readonly model: string | null;
  readonly category: string;
  readonly type: string | null;
};

/** The conversation that Meta bills, for versions up to 23 and for free entry points. */
export type BilledConversation = {
  readonly id: string;
  /** Who opened it: `service`, `marketing`, `referral_conversion` … */
  readonly origin: string | null;
  /** ISO 8601. */
  readonly expiresAt: string | null;
};

/** A message of ours moved on. Facts of one message come in any order and more than once. */
export type StatusFact = Origin &
  Person & {
    readonly kind: "status";
    readonly wamid: string;
    readonly state: ProviderState;
    readonly timestamp: string;
    /** `biz_opaque_callback_data` as we sent it: settles a send whose answer was lost. */
    readonly callbackData: string | null;
    readonly pricing: Pricing | null;
    readonly conversation: BilledConversation | null;
    readonly error: StatusError | null;
  };

/** The person turned marketing messages of this business off or on in WhatsApp itself. */
export type PreferenceFact = Origin &
  Person & { readonly kind: "preference"; readonly preference: "stop" | "resume"; readonly timestamp: string };

type TemplateFactOf<Kind extends string> = AccountOrigin & {
  readonly kind: Kind;
  readonly metaTemplateId: string;
  readonly name: string;
  /** With `_` between language and country, as sends spell it. */
  readonly language: string;
};

export type TemplateStatusFact = TemplateFactOf<"template_status"> & {
  /** Meta's word. */
  readonly event: string;
  /** The status that follows from it; null when the event only warns (FLAGGED) or is not known. */
  readonly status: TemplateStatus | null;
  /** Meta's word for why: INVALID_FORMAT, SECOND_PAUSE … */
  readonly reason: string | null;
  /** Meta's own sentence about it, in English. */
  readonly details: string | null;
};

export type TemplateCategoryFact = TemplateFactOf<"template_category"> & {
  /** The category that counts now. */
  readonly category: TemplateCategory;
  /** The category announced for later; null when the change is done. */
  readonly upcoming: TemplateCategory | null;
  /** From when the announced category counts, ISO 8601; null when not told. */
  readonly upcomingFrom: string | null;
};

export type TemplateQualityFact = TemplateFactOf<"template_quality"> & { readonly quality: string };

/** The texts of a template after an edit. Meta names no format: the template is read anew for its full shape. */
export type TemplateComponentsFact = TemplateFactOf<"template_components"> & {
  readonly header: string | null;
  readonly body: string;
  readonly footer: string | null;
};

export type PhoneQualityFact = AccountOrigin & {
  readonly kind: "phone_quality";
  /** Digits only: this webhook names the number, not its id. */
  readonly displayPhoneNumber: string;
  readonly event: string;
  /** The messaging limit that counts now (`TIER_2K`); null when not told. */
  readonly limit: string | null;
};

/** Meta's decision about a display name. */
export type PhoneNameFact = AccountOrigin & {
  readonly kind: "phone_name";
  /** Digits only: this webhook names the number, not its id. */
  readonly displayPhoneNumber: string;
  /** APPROVED, REJECTED, PENDING, DEFERRED. */
  readonly decision: string;
  readonly requestedName: string | null;
  readonly reason: string | null;
};

/** News about the account that is kept for an administrator: reviews, restrictions, security, a history not shared. */
export type AccountFact = AccountOrigin & {
  readonly kind: "account";
  readonly field: string;
  readonly event: string | null;
  readonly payload: unknown;
};

/** Anything that this version cannot read: kept whole and shown to an administrator, never dropped. */
export type UnknownFact = {
  readonly kind: "unknown";
  readonly wabaId: string | null;
  readonly phoneNumberId: string | null;
  /** The webhook field it stood in; null above the fields. */
  readonly field: string | null;
  /** The part of the wire that could not be read: "entry", "change", "message", "status" … */
  readonly type: string;
  readonly payload: unknown;
};

/** One thing that a delivery says, on its own. */
export type Fact =
  | MessageFact
  | IdentityFact
  | ContactNameFact
  | StatusFact
  | PreferenceFact
  | TemplateStatusFact
  | TemplateCategoryFact
  | TemplateQualityFact
  | TemplateComponentsFact
  | PhoneNameFact
  | PhoneQualityFact
  | AccountFact
  | UnknownFact;
