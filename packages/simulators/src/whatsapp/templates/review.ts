import type { Sim } from "../sim.ts";
import type { Template } from "../state.ts";
import type { TemplateStatus } from "./model.ts";
import { buttonsOf, componentOf } from "./variables.ts";

/** Words that make a template promotional, whatever category it claims. */
const PROMOTIONAL = /\b(?:discount|sale|promo(?:tion)?|coupon|offer|deal|soldes|rabatt|oferta)\b|\d\s?% off/iu;
/** Links that reviewers do not accept: they hide where they lead. */
const HIDDEN_LINK = /\b(?:bit\.ly|tinyurl\.com|t\.co|wa\.me)\//iu;

/** What a status change says to whoever hears of it. */
export type StatusReason = { reason?: string; info?: { title: string; description: string } };

/** Puts a template under review; the verdict comes after the review time and is told by webhook. */
export function startReview(sim: Sim, template: Template): void {
  sim.clock.after(sim.reviewMs, async () => {
    if (template.status !== "PENDING" || !sim.state.templates.has(template.id)) return;
    const reason = reasonToReject(sim, template);
    if (reason !== undefined) return setTemplateStatus(sim, template, "REJECTED", { reason });
    await correctCategory(sim, template);
    await setTemplateStatus(sim, template, "APPROVED");
  });
}

/** Sets the status of a template and tells the apps (`message_template_status_update`). */
export async function setTemplateStatus(
  sim: Sim,
  template: Template,
  status: TemplateStatus,
  { reason, info }: StatusReason = {},
): Promise<void> {
  template.status = status;
  if (status === "REJECTED") template.rejected_reason = reason ?? "INVALID_FORMAT";
  else delete template.rejected_reason;
  await publish(sim, template, "message_template_status_update", {
    event: status,
    message_template_category: template.category,
    reason: status === "REJECTED" ? template.rejected_reason : "NONE",
    ...(info === undefined ? {} : { other_info: info }),
  });
}

async function correctCategory(sim: Sim, template: Template): Promise<void> {
  if (template.category !== "UTILITY" || !PROMOTIONAL.test(wordsOf(template))) return;
  template.category = "MARKETING";
  await publish(sim, template, "template_category_update", { previous_category: "UTILITY", new_category: "MARKETING" });
}

function reasonToReject(sim: Sim, template: Template): string | undefined {
  const urls = buttonsOf(template).map(({ url }) => url ?? "");
  if ([wordsOf(template), ...urls].some((text) => HIDDEN_LINK.test(text))) return "INVALID_FORMAT";
  for (const other of sim.state.templates.values()) {
    const isOther = other.id !== template.id && other.accountId === template.accountId;
    if (isOther && other.name !== template.name && wordsOf(other) === wordsOf(template)) return "INVALID_FORMAT";
  }
  return undefined;
}

function wordsOf(template: Template): string {
  return `${componentOf(template, "BODY")?.text ?? ""}\n${componentOf(template, "FOOTER")?.text ?? ""}`;
}

async function publish(sim: Sim, template: Template, field: string, value: Record<string, unknown>): Promise<void> {
  await sim.webhooks.publish({
    accountId: template.accountId,
    field,
    time: sim.clock.seconds(),
    value: {
      ...value,
      message_template_id: Number(template.id),
      message_template_name: template.name,
      message_template_language: template.language,
    },
  });
}
