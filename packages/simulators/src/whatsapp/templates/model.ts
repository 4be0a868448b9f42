/** The kinds of buttons a stored template has; a one-time-password button is stored as a URL button. */
export const BUTTON_TYPES = [
  "QUICK_REPLY",
  "URL",
  "PHONE_NUMBER",
  "COPY_CODE",
  "FLOW",
  "CATALOG",
  "MPM",
  "SPM",
  "VOICE_CALL",
  "REQUEST_CONTACT_INFO",
  "ORDER_DETAILS",
] as const;
export type ButtonType = (typeof BUTTON_TYPES)[number];

/** A button of a template, as Meta stores it. */
export type TemplateButton = {
  type: ButtonType;
  text: string;
  /** URL: the link, with at most one variable, at its end. */
  url?: string;
  phone_number?: string;
  /** URL with a variable: one full link; COPY_CODE: the code. */
  example?: string[] | string;
  /** FLOW: the id of the flow, whatever it was named by. */
  flow_id?: string;
  flow_action?: "navigate" | "data_exchange";
  navigate_screen?: string;
  /** VOICE_CALL: how long the button works, in minutes. */
  ttl_minutes?: number;
};

export type HeaderFormat = "TEXT" | "IMAGE" | "VIDEO" | "GIF" | "DOCUMENT" | "LOCATION" | "PRODUCT";

/** A component of a template, as Meta stores it. */
export type TemplateComponent =
  | { type: "HEADER"; format: HeaderFormat; text?: string; example?: Record<string, unknown> }
  | { type: "BODY"; text: string; example?: Record<string, unknown>; add_security_recommendation?: boolean }
  | { type: "FOOTER"; text: string; code_expiration_minutes?: number }
  | { type: "BUTTONS"; buttons: TemplateButton[] }
  | { type: "LIMITED_TIME_OFFER"; limited_time_offer: { text: string; has_expiration: boolean } }
  | { type: "CAROUSEL"; cards: TemplateCard[] }
  | { type: "CALL_PERMISSION_REQUEST" };

/** A card of a carousel: a header of one medium or product, perhaps a body, one or two buttons. */
export type TemplateCard = { components: TemplateComponent[] };

export type TemplateCategory = "MARKETING" | "UTILITY" | "AUTHENTICATION";
export type TemplateStatus =
  | "APPROVED"
  | "PENDING"
  | "REJECTED"
  | "PAUSED"
  | "DISABLED"
  | "IN_APPEAL"
  | "PENDING_DELETION"
  | "LIMIT_EXCEEDED"
  | "ARCHIVED";
export type TemplateQuality = "GREEN" | "YELLOW" | "RED" | "UNKNOWN";

/** A template to begin with: what `GET /{WABA}/message_templates` shows. */
export type TemplateSeed = {
  id: string;
  name: string;
  language: string;
  category: TemplateCategory;
  status: TemplateStatus;
  parameter_format: "NAMED" | "POSITIONAL";
  components: TemplateComponent[];
  rejected_reason?: string;
  previous_category?: TemplateCategory;
  correct_category?: TemplateCategory;
  sub_category?: string;
  message_send_ttl_seconds?: number;
  library_template_name?: string;
  cta_url_link_tracking_opted_out?: boolean;
};

/** What happened to a template so far; times in ms. */
export type TemplateHistory = {
  accountId: string;
  createdAt: number;
  editedAt: number[];
  quality: { score: TemplateQuality; at: number };
  /** How often it was paused for its quality: the third time disables it. */
  pauses: number;
  archivedAt: number | undefined;
};

/** The history of a template that begins now. */
export function newHistory(accountId: string, now: number): TemplateHistory {
  return {
    accountId,
    createdAt: now,
    editedAt: [],
    quality: { score: "UNKNOWN", at: now },
    pauses: 0,
    archivedAt: undefined,
  };
}

/** A name that was deleted while approved, kept from use until a time in ms. */
export type ReservedName = { accountId: string; name: string; language: string; until: number };

/** A template as it stands now. */
export type Template = TemplateSeed & TemplateHistory;

/** What Meta decides of the messages that it held: all leave, or all are dropped (Meta, "Template pacing"). */
export type PacingVerdict = "release" | "drop";

/** Messages of a template that wait until Meta has seen how the first ones were received. */
export type Pacing = { readonly verdict: Promise<PacingVerdict>; readonly decide: (verdict: PacingVerdict) => void };
