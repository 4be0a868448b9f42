import type { Words } from "@aparte/i18n/i18n.ts";
import { limitWords } from "./limit-words.ts";

/** The news that have a sentence, by webhook field and event (Meta, "Webhooks", fields about accounts). */
export const knownNews = [
  "account_update.ACCOUNT_VIOLATION",
  "account_update.ACCOUNT_RESTRICTION",
  "account_update.SCHEDULE_FOR_DISABLE",
  "account_update.DISABLE",
  "account_update.REINSTATE",
  "account_update.ACCOUNT_DELETED",
  "account_update.ACCOUNT_OFFBOARDED",
  "account_update.ACCOUNT_RECONNECTED",
  "account_update.AD_ACCOUNT_LINKED",
  "account_update.AUTH_INTL_PRICE_ELIGIBILITY_UPDATE",
  "account_update.BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE",
  "account_update.MM_LITE_TERMS_SIGNED",
  "account_update.PARTNER_ADDED",
  "account_update.PARTNER_REMOVED",
  "account_update.PARTNER_APP_INSTALLED",
  "account_update.PARTNER_APP_UNINSTALLED",
  "account_update.VOLUME_BASED_PRICING_TIER_UPDATE",
  "account_alerts.INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED",
  "account_alerts.INCREASED_CAPABILITIES_ELIGIBILITY_FAILED",
  "account_alerts.INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO",
  "account_alerts.OBA_APPROVED",
  "account_alerts.OBA_REJECTED",
  "account_alerts.PROFILE_PICTURE_LOST",
  "account_review_update.APPROVED",
  "account_review_update.REJECTED",
  "account_review_update.PENDING",
  "account_review_update.DEFERRED",
  "business_capability_update.limit",
  "security.PIN_CHANGED",
  "security.PIN_RESET_REQUEST",
  "security.PIN_REQUEST_SUCCESS",
] as const;

const knownRestrictions = [
  "RESTRICTED_BIZ_INITIATED_MESSAGING",
  "RESTRICTED_CUSTOMER_INITIATED_MESSAGING",
  "RESTRICTED_ADD_PHONE_NUMBER_ACTION",
] as const;

type Told = { readonly field: string; readonly event: string | null; readonly payload?: unknown };

/** A piece of news as a sentence, and Meta's own sentence where it gives one. What is not known is named in Meta's words. */
export function readNews(
  { field, event, payload }: Told,
  words: Words,
): { readonly text: string; readonly said: string | null } {
  const said = textAt(payload, "alert_info", "alert_description") || null;
  const name = `${field}.${eventOf(event, payload)}`;
  const known = knownNews.find((one) => one === name);
  if (known === undefined) {
    return { text: words.t("console.news.other", { news: [field, event].filter(Boolean).join(": ") }), said };
  }
  return { text: words.t(`console.news.${known}`, valuesOf(payload, words)), said };
}

/** A ban has steps, which matter more than the one name they share; a new limit has no name at all. */
function eventOf(event: string | null, payload: unknown): string {
  const ban = textAt(payload, "ban_info", "waba_ban_state");
  if (ban !== "") return ban;
  return textAt(payload, "max_daily_conversations_per_business") === "" ? (event ?? "") : "limit";
}

/** Everything that a sentence may name. */
function valuesOf(payload: unknown, words: Words): Record<string, string> {
  const country = textAt(payload, "country");
  const restrictions = listAt(payload, "restriction_info");
  const ends = restrictions.map((one) => Number(textAt(one, "expiration"))).filter((end) => end > 0);
  const day = new Intl.DateTimeFormat(words.locale, { dateStyle: "long" });
  return {
    policy: textAt(payload, "violation_info", "violation_type").replaceAll("_", " ").toLowerCase(),
    restrictions: restrictions.map((one) => restrictionWords(textAt(one, "restriction_type"), words)).join(", "),
    until: ends.length === 0 ? "" : day.format(new Date(Math.max(...ends) * 1000)),
    date: textAt(payload, "ban_info", "waba_ban_date"),
    country: /^[A-Z]{2}$/.test(country)
      ? (new Intl.DisplayNames([words.locale], { type: "region" }).of(country) ?? country)
      : country,
    limit: limitWords(textAt(payload, "max_daily_conversations_per_business"), words),
    number: textAt(payload, "display_phone_number"),
  };
}

function restrictionWords(type: string, { t }: Words): string {
  const known = knownRestrictions.find((one) => one === type);
  return known === undefined ? type : t(`console.news.restriction.${known}`);
}

/** The text or number at a path of a payload; empty when there is none. */
function textAt(payload: unknown, ...path: readonly string[]): string {
  const found = path.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), payload);
  return typeof found === "string" || typeof found === "number" ? String(found) : "";
}

function listAt(payload: unknown, key: string): readonly unknown[] {
  const found = isRecord(payload) ? payload[key] : undefined;
  return Array.isArray(found) ? found : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
