/**
 * The one table of reasons. A code is `feature.reason`; its words stand in the catalogues under `error.<code>` (what
 * happened) and `fix.<code>` (what to do next). `retry` tells machines what people read from the words:
 * `never` as it is, `later` without a change, `after_fix` once the person named in `fixer` has acted.
 */
export type Retry = "never" | "later" | "after_fix";
export type Fixer = "nobody" | "sender" | "admin" | "contact" | "meta";
export type ErrorRule = { readonly retry: Retry; readonly fixer: Fixer };

export const errorTable = {
  "identity.not_allowed": { retry: "after_fix", fixer: "admin" },
  "identity.email_taken": { retry: "never", fixer: "admin" },
  "identity.already_set_up": { retry: "never", fixer: "nobody" },
  "identity.setup_token_wrong": { retry: "after_fix", fixer: "admin" },
  "channels.not_found": { retry: "after_fix", fixer: "admin" },
  "channels.token_invalid": { retry: "after_fix", fixer: "admin" },
  "channels.number_not_in_account": { retry: "after_fix", fixer: "admin" },
  "channels.number_taken": { retry: "after_fix", fixer: "admin" },
  "channels.webhook_unreachable": { retry: "after_fix", fixer: "admin" },
  "channels.unusable": { retry: "after_fix", fixer: "admin" },
  "channels.account_problem": { retry: "after_fix", fixer: "admin" },
  "channels.refused": { retry: "after_fix", fixer: "admin" },
  "channels.pin_wrong": { retry: "after_fix", fixer: "admin" },
  "channels.too_often": { retry: "later", fixer: "nobody" },
  "contacts.not_found": { retry: "never", fixer: "sender" },
  "contacts.number_invalid": { retry: "after_fix", fixer: "sender" },
  "contacts.blocked": { retry: "after_fix", fixer: "sender" },
  "contacts.restricted": { retry: "never", fixer: "contact" },
  "contacts.number_taken": { retry: "after_fix", fixer: "admin" },
  "contacts.held": { retry: "after_fix", fixer: "admin" },
  "contacts.unreachable_here": { retry: "after_fix", fixer: "contact" },
  "consent.missing": { retry: "after_fix", fixer: "sender" },
  "consent.utility_missing": { retry: "after_fix", fixer: "sender" },
  "consent.expired": { retry: "after_fix", fixer: "sender" },
  "consent.under_review": { retry: "after_fix", fixer: "sender" },
  "consent.opted_out": { retry: "never", fixer: "contact" },
  "consent.file_unreadable": { retry: "after_fix", fixer: "sender" },
  "consent.import_not_found": { retry: "never", fixer: "nobody" },
  "consent.import_closed": { retry: "never", fixer: "nobody" },
  "consent.declaration_missing": { retry: "after_fix", fixer: "sender" },
  "consent.join_not_found": { retry: "never", fixer: "sender" },
  "consent.words_mean_stop": { retry: "after_fix", fixer: "sender" },
  "consent.evidence_missing": { retry: "after_fix", fixer: "sender" },
  "consent.review_closed": { retry: "never", fixer: "sender" },
  "consent.final": { retry: "never", fixer: "sender" },
  "templates.not_found": { retry: "never", fixer: "sender" },
  "templates.not_approved": { retry: "after_fix", fixer: "admin" },
  "templates.paused": { retry: "later", fixer: "admin" },
  "templates.value_missing": { retry: "after_fix", fixer: "sender" },
  "templates.value_invalid": { retry: "after_fix", fixer: "sender" },
  "templates.mismatch": { retry: "after_fix", fixer: "admin" },
  "templates.unsupported": { retry: "after_fix", fixer: "admin" },
  "templates.definition_invalid": { retry: "after_fix", fixer: "admin" },
  "templates.edit_limit": { retry: "later", fixer: "nobody" },
  "templates.not_editable": { retry: "later", fixer: "meta" },
  "templates.not_deletable": { retry: "never", fixer: "meta" },
  "templates.limit_reached": { retry: "after_fix", fixer: "admin" },
  "templates.name_reserved": { retry: "after_fix", fixer: "admin" },
  "templates.name_taken": { retry: "after_fix", fixer: "admin" },
  "templates.handed_in": { retry: "later", fixer: "nobody" },
  "templates.refused_by_whatsapp": { retry: "after_fix", fixer: "admin" },
  "media.not_found": { retry: "after_fix", fixer: "sender" },
  "media.type_refused": { retry: "after_fix", fixer: "sender" },
  "media.too_large": { retry: "after_fix", fixer: "sender" },
  "media.empty": { retry: "after_fix", fixer: "sender" },
  "media.damaged": { retry: "never", fixer: "contact" },
  "media.id_reused": { retry: "never", fixer: "sender" },
  "media.expired": { retry: "never", fixer: "contact" },
  "media.unreachable": { retry: "later", fixer: "nobody" },
  "pricing.card_unreadable": { retry: "after_fix", fixer: "admin" },
  "messaging.window_closed": { retry: "never", fixer: "contact" },
  "messaging.content_invalid": { retry: "after_fix", fixer: "sender" },
  "messaging.target_missing": { retry: "never", fixer: "sender" },
  "messaging.id_reused": { retry: "never", fixer: "sender" },
  "messaging.not_resendable": { retry: "never", fixer: "sender" },
  "messaging.not_found": { retry: "never", fixer: "sender" },
  "messaging.marketing_rests": { retry: "later", fixer: "meta" },
  "messaging.quiet_hours": { retry: "later", fixer: "nobody" },
  "messaging.cap_reached": { retry: "later", fixer: "nobody" },
  "messaging.unread_rest": { retry: "later", fixer: "contact" },
  "messaging.budget_spent": { retry: "later", fixer: "admin" },
  "messaging.country_closed": { retry: "never", fixer: "nobody" },
  "messaging.block_failed": { retry: "later", fixer: "contact" },
  "messaging.connection_failed": { retry: "later", fixer: "nobody" },
  "messaging.unconfirmed": { retry: "later", fixer: "sender" },
  "messaging.rate_limited": { retry: "later", fixer: "nobody" },
  "messaging.undeliverable": { retry: "never", fixer: "contact" },
  "messaging.held_by_whatsapp": { retry: "never", fixer: "meta" },
  "messaging.refused_by_whatsapp": { retry: "never", fixer: "meta" },
  "crm.not_configured": { retry: "after_fix", fixer: "admin" },
  "crm.not_connected": { retry: "after_fix", fixer: "admin" },
  "crm.connection_ended": { retry: "after_fix", fixer: "admin" },
  "crm.other_portal": { retry: "never", fixer: "admin" },
  "crm.record_not_found": { retry: "never", fixer: "sender" },
  "crm.record_deleted": { retry: "after_fix", fixer: "sender" },
  "crm.record_erased": { retry: "never", fixer: "contact" },
  "crm.unreachable": { retry: "later", fixer: "nobody" },
  "crm.limit_reached": { retry: "later", fixer: "nobody" },
  "crm.permission_missing": { retry: "after_fix", fixer: "admin" },
  "crm.refused_by_crm": { retry: "after_fix", fixer: "admin" },
  "crm.oauth_failed": { retry: "after_fix", fixer: "admin" },
  "privacy.confirmation_wrong": { retry: "after_fix", fixer: "sender" },
  "privacy.not_allowed_range": { retry: "after_fix", fixer: "admin" },
  "privacy.export_gone": { retry: "after_fix", fixer: "admin" },
} as const satisfies Record<string, ErrorRule>;

export type ErrorCode = keyof typeof errorTable;

export const errorCodes = Object.keys(errorTable) as ErrorCode[];

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(errorTable, value);
}

export function errorRule(code: ErrorCode): ErrorRule {
  return errorTable[code];
}
