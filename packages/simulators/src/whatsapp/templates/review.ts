import type { StatusReason } from "./verdict.ts";
import type { Sim } from "../sim.ts";
import type { Template, TemplateStatus } from "./model.ts";
import { announce } from "../webhooks/announce.ts";
import { verdictOn } from "./verdict.ts";

/** Puts a template under review; the verdict comes after the review time and is told by webhook. */
export function startReview(sim: Sim, template: Template): void {
  const submittedAt = template.editedAt.length;
  sim.clock.after(sim.reviewMs, async () => {
    const isSameDraft = template.editedAt.length === submittedAt && sim.state.templates.has(template.id);
    if (template.status !== "PENDING" || !isSameDraft) return;
    const verdict = verdictOn(sim.state, template);
    if (verdict.refused !== undefined) return setTemplateStatus(sim, template, "REJECTED", verdict.refused);
    if (verdict.category !== template.category) await setCategory(sim, template, verdict.category);
    await setTemplateStatus(sim, template, "APPROVED");
  });
}

/** Sets the status of a template and tells the apps (`message_template_status_update`). */
export async function setTemplateStatus(
  sim: Sim,
  template: Template,
  status: TemplateStatus,
  why: StatusReason = {},
): Promise<void> {
  template.status = status;
  if (status === "REJECTED") template.rejected_reason = why.reason ?? "INVALID_FORMAT";
  else delete template.rejected_reason;
  await tellStatus(sim, template, status, why);
}

/** Tells the apps what happened to the status of a template, by the name of the event. */
export async function tellStatus(
  sim: Sim,
  template: Template,
  event: string,
  { info, rejection }: StatusReason = {},
): Promise<void> {
  await tell(sim, template, "message_template_status_update", {
    event,
    message_template_category: template.category,
    reason: event === "REJECTED" ? template.rejected_reason : "NONE",
    ...(info === undefined ? {} : { other_info: info }),
    ...(rejection === undefined ? {} : { rejection_info: rejection }),
    ...(event === "DISABLED" ? { disable_info: { disable_date: sim.clock.iso() } } : {}),
  });
}

/** Gives a template another category and tells the apps (`template_category_update`). */
export async function setCategory(sim: Sim, template: Template, category: Template["category"]): Promise<void> {
  const previous_category = template.category;
  template.previous_category = previous_category;
  template.category = category;
  delete template.correct_category;
  await tell(sim, template, "template_category_update", { previous_category, new_category: category });
}

/** Tells the apps something of a template: its id, name and language go with it. */
export async function tell(sim: Sim, template: Template, field: string, value: Record<string, unknown>): Promise<void> {
  await announce(sim, template.accountId, field, {
    ...value,
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
  });
}
