import type { MessageContent } from "@aparte/core/message-content.ts";
import type { ProviderState } from "@aparte/core/message.ts";
import type { TemplateCategory, TemplateStatus } from "@aparte/core/template.ts";

/**
 * Where a fact comes from. Both ids must be bound to the secret that signed the delivery before the fact counts: a
 * valid signature alone says nothing about whose number is named inside.
 */
type Origin = { readonly wabaId: string; readonly phoneNumberId: string };
type AccountOrigin = { readonly wabaId: string; readonly phoneNumberId: null };

/**
 * Meta's two names of a person; at least one is known. The phone number is absent when the person hides it behind a
 * username, the BSUID in bodies older than April 2026 (Meta, "Business-scoped user IDs").
 */
type Person = {
  /** Digits only, without `+`. */
  readonly waId: string | null;
  readonly bsuid: string | null;
};

/** Somebody wrote to the number. */
export type MessageFact = Origin & {
  readonly kind: "message";
  readonly wamid: string;
  /** The writer's phone number, digits only; null when hidden. One of `from` and `bsuid` is always known. */
  readonly from: string | null;
  readonly bsuid: string | null;
  readonly profileName: string | null;
  /** ISO 8601, Meta's clock, as it was sent: a time in the future is not corrected here. */
  readonly timestamp: string;
  readonly content: MessageContent;
  /** The quoted message. */
  readonly replyToWamid: string | null;
};

/** Why Meta did not deliver a message. `code` is a Meta error number: see `ourErrorCode`. */
export type StatusError = { readonly code: number; readonly title: string; readonly details: string | null };

/** Meta's own word on the price; the truth for what was billed. */
export type Pricing = { readonly billable: boolean | null; readonly category: string; readonly type: string | null };

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
  readonly reason: string | null;
};

export type TemplateCategoryFact = TemplateFactOf<"template_category"> & {
  /** The category that counts now. */
  readonly category: TemplateCategory;
  /** The category announced for later; null when the change is done. */
  readonly upcoming: TemplateCategory | null;
};

export type TemplateQualityFact = TemplateFactOf<"template_quality"> & { readonly quality: string };

export type PhoneQualityFact = AccountOrigin & {
  readonly kind: "phone_quality";
  /** Digits only: this webhook names the number, not its id. */
  readonly displayPhoneNumber: string;
  readonly event: string;
  /** The messaging limit that counts now (`TIER_2K`); null when not told. */
  readonly limit: string | null;
};

/** News about the account that is kept for an administrator: reviews, restrictions, names, security. */
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
  | StatusFact
  | PreferenceFact
  | TemplateStatusFact
  | TemplateCategoryFact
  | TemplateQualityFact
  | PhoneQualityFact
  | AccountFact
  | UnknownFact;
