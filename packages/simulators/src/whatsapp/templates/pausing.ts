import type { Sim } from "../sim.ts";
import type { Template, TemplateQuality } from "./model.ts";
import { setTemplateStatus, tell } from "./review.ts";

const HOUR_MS = 3_600_000;
/** What low quality does to a template, time after time; after the last it is disabled (Meta: template pausing). */
const LADDER = [
  { title: "FIRST_PAUSE", hours: 3 },
  { title: "SECOND_PAUSE", hours: 6 },
] as const;

/** Pauses a template for 3, then for 6 hours, after which it is approved again; the third time it is disabled. */
export async function pauseTemplate(sim: Sim, template: Template): Promise<void> {
  const step = LADDER[template.pauses];
  template.pauses += 1;
  if (step === undefined) {
    const info = { title: "DISABLED", description: "Your template was disabled for its low quality." };
    return setTemplateStatus(sim, template, "DISABLED", { info });
  }
  const { title, hours } = step;
  const description = `Your template was paused for ${hours} hours because it had issues with its quality.`;
  const { pauses } = template;
  await setTemplateStatus(sim, template, "PAUSED", { info: { title, description } });
  sim.clock.after(hours * HOUR_MS, async () => {
    if (template.status === "PAUSED" && template.pauses === pauses) await unpause(sim, template);
  });
}

/** Approves a paused template again. */
export async function unpause(sim: Sim, template: Template): Promise<void> {
  const info = { title: "UNPAUSE", description: "Your template was unpaused." };
  await setTemplateStatus(sim, template, "APPROVED", { info });
}

/** `POST /{TEMPLATE_ID}/unpause`: only a template that is paused can be. */
export async function unpauseOnDemand(sim: Sim, template: Template): Promise<object> {
  if (template.status !== "PAUSED") return { success: false, reason: "Template is not paused." };
  await unpause(sim, template);
  return { success: true };
}

/** Rates a template anew, told by webhook; the lowest quality pauses an approved one. */
export async function rateTemplate(sim: Sim, template: Template, score: TemplateQuality): Promise<void> {
  const previous = template.quality.score;
  if (previous === score) return;
  template.quality = { score, at: sim.clock.now() };
  await tell(sim, template, "message_template_quality_update", {
    previous_quality_score: previous,
    new_quality_score: score,
  });
  if (score === "RED" && template.status === "APPROVED") await pauseTemplate(sim, template);
}
