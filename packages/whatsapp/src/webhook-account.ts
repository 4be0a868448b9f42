import { templateCategories, templateStatuses, type TemplateStatus } from "@aparte/core/template.ts";
import { z } from "zod";
import type {
  AccountFact,
  PhoneQualityFact,
  TemplateCategoryFact,
  TemplateQualityFact,
  TemplateStatusFact,
} from "./facts.ts";
import { detail, idText, word } from "./wire.ts";

/** Fields about an account that are kept as they are, for an administrator to read. */
export const accountFields: ReadonlySet<string> = new Set([
  "account_update",
  "account_alerts",
  "account_review_update",
  "business_capability_update",
  "business_username_updates",
  "message_template_components_update",
  "phone_number_name_update",
  "security",
]);

const template = z
  .object({ message_template_id: idText, message_template_name: word, message_template_language: word })
  .transform((wire) => ({
    metaTemplateId: wire.message_template_id,
    name: wire.message_template_name,
    // Meta's own example spells "en-US" where sends need "en_US".
    language: wire.message_template_language.replaceAll("-", "_"),
  }));

const templateStatus = z.object({ event: word, reason: detail(word) });
const templateQuality = z.object({ new_quality_score: word });
const category = z.enum(templateCategories);
const templateCategory = z.object({ new_category: category, correct_category: detail(category) });
const phoneQuality = z.object({
  display_phone_number: idText,
  event: word,
  current_limit: detail(word),
  max_daily_conversations_per_business: detail(idText),
});
const accountEvent = z.object({ event: detail(word), decision: detail(word) });

/** Events that are not spelled like the status that follows from them. */
const statusAfter: ReadonlyMap<string, TemplateStatus> = new Map([
  ["REINSTATED", "APPROVED"],
  ["UNARCHIVED", "APPROVED"],
]);

/**
 * Reads `message_template_status_update` and `message_template_quality_update`. Told apart by their keys, because
 * Meta's sample of the second carries the name of the first.
 */
export function readTemplateNews(value: unknown, wabaId: string): TemplateStatusFact | TemplateQualityFact | null {
  const about = template.safeParse(value);
  if (!about.success) return null;
  const origin = { wabaId, phoneNumberId: null, ...about.data };
  const quality = templateQuality.safeParse(value);
  if (quality.success) return { kind: "template_quality", ...origin, quality: quality.data.new_quality_score };
  const news = templateStatus.safeParse(value);
  if (!news.success) return null;
  const { event, reason } = news.data;
  const status = templateStatuses.find((known) => known === event) ?? statusAfter.get(event) ?? null;
  return { kind: "template_status", ...origin, event, status, reason: reason === "NONE" ? null : reason };
}

/** Reads `template_category_update`, the announcement and the change itself; null when it cannot be read. */
export function readTemplateCategory(value: unknown, wabaId: string): TemplateCategoryFact | null {
  const about = template.safeParse(value);
  const change = templateCategory.safeParse(value);
  if (!about.success || !change.success) return null;
  const { new_category, correct_category } = change.data;
  return {
    kind: "template_category",
    wabaId,
    phoneNumberId: null,
    ...about.data,
    category: new_category,
    upcoming: correct_category,
  };
}

/** Reads `phone_number_quality_update`; null when it cannot be read. */
export function readPhoneQuality(value: unknown, wabaId: string): PhoneQualityFact | null {
  const parsed = phoneQuality.safeParse(value);
  if (!parsed.success) return null;
  const { display_phone_number, event, current_limit, max_daily_conversations_per_business } = parsed.data;
  return {
    kind: "phone_quality",
    wabaId,
    phoneNumberId: null,
    displayPhoneNumber: display_phone_number,
    event,
    limit: max_daily_conversations_per_business ?? current_limit,
  };
}

/** Keeps news about the account with the word that names it. */
export function readAccount(field: string, value: unknown, wabaId: string): AccountFact {
  const named = accountEvent.safeParse(value).data;
  return {
    kind: "account",
    wabaId,
    phoneNumberId: null,
    field,
    event: named?.event ?? named?.decision ?? null,
    payload: value,
  };
}
