import { pageOf, selectFields } from "../graph/listing.ts";
import { refuseObject } from "../graph/refusal.ts";
import type { Refusal } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import type { Template } from "./model.ts";
import { templatesOf } from "./catalogue.ts";

/** Shown of a template when no `fields` are asked for. */
export const TEMPLATE_DEFAULTS = [
  "name",
  "parameter_format",
  "components",
  "language",
  "status",
  "category",
  "previous_category",
  "sub_category",
  "message_send_ttl_seconds",
  "rejected_reason",
];

/** `GET /{WABA}/message_templates`: filtered by any of status, category, language, quality, name and content. */
export function listTemplates(sim: Sim, call: Call, account: Account): Refusal | object {
  const { name, content, name_or_content } = call.params;
  const has = (filter: unknown, text: string) =>
    typeof filter !== "string" || text.toLowerCase().includes(filter.toLowerCase());
  const found = templatesOf(sim, account).filter((template) => {
    const words = JSON.stringify(template.components);
    return (
      isOneOf(call.params.status, template.status) &&
      isOneOf(call.params.category, template.category) &&
      isOneOf(call.params.language, template.language) &&
      isOneOf(call.params.quality_score, template.quality.score) &&
      has(name, template.name) &&
      has(content, words) &&
      has(name_or_content, `${template.name} ${words}`)
    );
  });
  return pageOf(
    call,
    found.map((template) => templateNode(sim, template)),
    TEMPLATE_DEFAULTS,
  );
}

/** `GET /{TEMPLATE_ID}`. */
export function readTemplate(sim: Sim, call: Call, template: Template): Refusal | object {
  return selectFields(call, templateNode(sim, template), TEMPLATE_DEFAULTS);
}

/** `GET /{WABA}/message_templates/{TEMPLATE_ID}`: the same, for clients that find a template by its account. */
export function readListedTemplate(sim: Sim, call: Call, account: Account): Refusal | object {
  const template = templatesOf(sim, account).find(({ id }) => id === call.item);
  return template === undefined ? refuseObject(call.item ?? "", "GET") : readTemplate(sim, call, template);
}

/** Everything that `fields` can ask of a template. */
export function templateNode(sim: Sim, template: Template): Record<string, unknown> {
  const { quality } = template;
  const shown = template.status === "PAUSED" ? "RED" : quality.score;
  const health = template.status === "APPROVED" ? "AVAILABLE" : "BLOCKED";
  return {
    id: template.id,
    name: template.name,
    language: template.language,
    status: template.status,
    category: template.category,
    sub_category: template.sub_category,
    parameter_format: template.parameter_format,
    components: template.components,
    rejected_reason: template.rejected_reason ?? "NONE",
    quality_score: { score: shown, date: Math.floor(quality.at / 1000) },
    previous_category: template.previous_category,
    correct_category: template.correct_category,
    message_send_ttl_seconds: template.message_send_ttl_seconds,
    library_template_name: template.library_template_name,
    cta_url_link_tracking_opted_out: template.cta_url_link_tracking_opted_out ?? false,
    last_updated_time: new Date(template.editedAt.at(-1) ?? template.createdAt).toISOString().replace(".000Z", "+0000"),
    health_status: {
      can_send_message: health,
      entities: [{ entity_type: "MESSAGE_TEMPLATE", id: template.id, can_send_message: health }],
    },
    whatsapp_business_account: { id: template.accountId, name: sim.state.accounts.get(template.accountId)?.name },
  };
}

/** Filters take one word, several with commas, or a list. */
function isOneOf(filter: unknown, value: string): boolean {
  if (filter === undefined || filter === "") return true;
  const words: string[] = JSON.stringify(filter).toUpperCase().match(/\w+/gu) ?? [];
  return words.includes(value.toUpperCase());
}
