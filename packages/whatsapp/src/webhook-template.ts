import { templateCategories, templateStatuses, type TemplateStatus } from "@aparte/core/template.ts";
import { z } from "zod";
import type {
  AccountOrigin,
  TemplateCategoryFact,
  TemplateComponentsFact,
  TemplateQualityFact,
  TemplateStatusFact,
} from "./facts.ts";
import { detail, idText, unixTime, word } from "./wire.ts";

const template = z
  .object({ message_template_id: idText, message_template_name: word, message_template_language: word })
  .transform((wire) => ({
    metaTemplateId: wire.message_template_id,
    name: wire.message_template_name,
    // Meta's own example spells "en-US" where sends need "en_US".
    language: wire.message_template_language.replaceAll("-", "_"),
  }));

const sentence = detail(z.string().min(1));
const templateStatus = z.object({
  event: word,
  reason: detail(word),
  other_info: detail(z.object({ title: detail(word), description: sentence })),
  rejection_info: detail(z.object({ reason: sentence, recommendation: sentence })),
});
const templateQuality = z.object({ new_quality_score: word });
const category = z.enum(templateCategories);
const templateCategory = z.object({
  new_category: category,
  correct_category: detail(category),
  category_update_timestamp: detail(unixTime),
});
const templateComponents = z.object({
  message_template_element: z.string(),
  message_template_title: sentence,
  message_template_footer: sentence,
});

/** Events that are not spelled like the status that follows from them. */
const statusAfter: ReadonlyMap<string, TemplateStatus> = new Map([
  ["REINSTATED", "APPROVED"],
  ["UNARCHIVED", "APPROVED"],
]);

/**
 * Reads `message_template_status_update` and `message_template_quality_update`. Told apart by their keys, because
 * Meta's sample of the second carries the name of the first.
 */
export function readTemplateNews(
  value: unknown,
  origin: AccountOrigin,
): TemplateStatusFact | TemplateQualityFact | null {
  const about = template.safeParse(value);
  if (!about.success) return null;
  const named = { ...origin, ...about.data };
  const quality = templateQuality.safeParse(value);
  if (quality.success) return { kind: "template_quality", ...named, quality: quality.data.new_quality_score };
  const news = templateStatus.safeParse(value);
  if (!news.success) return null;
  const { event, reason, other_info: other, rejection_info: rejection } = news.data;
  const status = templateStatuses.find((known) => known === event) ?? statusAfter.get(event) ?? null;
  const details = [rejection?.reason, rejection?.recommendation, other?.description].filter(Boolean).join(" ");
  return {
    kind: "template_status",
    ...named,
    event,
    status,
    reason: (reason === "NONE" ? null : reason) ?? other?.title ?? null,
    details: details || null,
  };
}

/** Reads `template_category_update`, the announcement and the change itself; null when it cannot be read. */
export function readTemplateCategory(value: unknown, origin: AccountOrigin): TemplateCategoryFact | null {
  const about = template.safeParse(value);
  const change = templateCategory.safeParse(value);
  if (!about.success || !change.success) return null;
  const { new_category, correct_category, category_update_timestamp } = change.data;
  return {
    kind: "template_category",
    ...origin,
    ...about.data,
    category: new_category,
    upcoming: correct_category,
    upcomingFrom: correct_category === null ? null : category_update_timestamp,
  };
}

/** Reads `message_template_components_update`; null when it cannot be read. */
export function readTemplateComponents(value: unknown, origin: AccountOrigin): TemplateComponentsFact | null {
  const about = template.safeParse(value);
  const texts = templateComponents.safeParse(value);
  if (!about.success || !texts.success) return null;
  const { message_template_element, message_template_title, message_template_footer } = texts.data;
  return {
    kind: "template_components",
    ...origin,
    ...about.data,
    header: message_template_title,
    body: message_template_element,
    footer: message_template_footer,
  };
}
