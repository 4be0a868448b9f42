import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";
import { endHolding, holdTemplate } from "../templates/pacing.ts";
import { pauseTemplate, rateTemplate } from "../templates/pausing.ts";
import type { Template } from "../templates/model.ts";
import { setCategory, setTemplateStatus, tell } from "../templates/review.ts";
import { buttonsOf, componentOf } from "../templates/variables.ts";

const templateSchema = z.strictObject({
  status: z
    .enum(["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED", "IN_APPEAL", "LIMIT_EXCEEDED", "ARCHIVED"])
    .optional(),
  reason: z.string().optional(),
  /** Messages are held, or those that wait are released or dropped. */
  pacing: z.enum(["hold", "release", "drop"]).optional(),
  quality: z.enum(["GREEN", "YELLOW", "RED", "UNKNOWN"]).optional(),
  category: z.enum(["MARKETING", "UTILITY"]).optional(),
  /** The category that the template gets in a day, announced at once. */
  correct_category: z.enum(["MARKETING", "UTILITY"]).optional(),
  /** Another text of its body. */
  body: z.string().min(1).max(1024).optional(),
});

/**
 * Mounts `/_sim/templates/{id}`: what Meta decides of a template, each told by webhook. `PAUSED` takes the next step of
 * the ladder (3 hours, 6 hours, disabled), as does falling to the quality `RED`.
 */
export function mountTemplates(app: FastifyInstance, sim: Sim): void {
  app.post<{ Params: { id: string } }>("/_sim/templates/:id", async (request, reply) => {
    const parsed = templateSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const template = sim.state.templates.get(request.params.id);
    if (template === undefined) return reply.code(404).send({ error: "no such template" });
    const { status, reason, quality, category, correct_category, body, pacing } = parsed.data;
    if (pacing === "hold") holdTemplate(sim, template.id);
    else if (pacing !== undefined) endHolding(sim, template.id, pacing);
    if (quality !== undefined) await rateTemplate(sim, template, quality);
    if (category !== undefined) await setCategory(sim, template, category);
    if (correct_category !== undefined) await announceCategory(sim, template, correct_category);
    if (body !== undefined) await setBody(sim, template, body);
    if (status === "PAUSED") await pauseTemplate(sim, template);
    else if (status !== undefined) {
      await setTemplateStatus(sim, template, status, reason === undefined ? {} : { reason });
    }
    return { id: template.id, status: template.status };
  });
}

const DAY_MS = 24 * 3_600_000;

async function announceCategory(
  sim: Sim,
  template: Template,
  correct_category: "MARKETING" | "UTILITY",
): Promise<void> {
  template.correct_category = correct_category;
  await tell(sim, template, "template_category_update", {
    correct_category,
    new_category: template.category,
    category_update_timestamp: Math.floor((sim.clock.now() + DAY_MS) / 1000),
  });
  sim.clock.after(DAY_MS, async () => {
    if (template.correct_category === correct_category) await setCategory(sim, template, correct_category);
  });
}

async function setBody(sim: Sim, template: Template, text: string): Promise<void> {
  const body = componentOf(template, "BODY");
  const header = componentOf(template, "HEADER");
  const footer = componentOf(template, "FOOTER");
  if (body !== undefined) body.text = text;
  await tell(sim, template, "message_template_components_update", {
    message_template_element: text,
    ...(header?.text === undefined ? {} : { message_template_title: header.text }),
    ...(footer === undefined ? {} : { message_template_footer: footer.text }),
    message_template_buttons: buttonsOf(template).map(({ type, text: words, url, phone_number }) => ({
      message_template_button_type: type,
      message_template_button_text: words,
      ...(url === undefined ? {} : { message_template_button_url: url }),
      ...(phone_number === undefined ? {} : { message_template_button_phone_number: phone_number }),
    })),
  });
}
