import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";
import { pauseTemplate, rateTemplate } from "../templates/pausing.ts";
import { setCategory, setTemplateStatus } from "../templates/review.ts";

const templateSchema = z.strictObject({
  status: z
    .enum(["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED", "IN_APPEAL", "LIMIT_EXCEEDED", "ARCHIVED"])
    .optional(),
  reason: z.string().optional(),
  quality: z.enum(["GREEN", "YELLOW", "RED", "UNKNOWN"]).optional(),
  category: z.enum(["MARKETING", "UTILITY"]).optional(),
  /** Announces the category that the template gets in a day. */
  correct_category: z.enum(["MARKETING", "UTILITY"]).optional(),
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
    const { status, reason, quality, category } = parsed.data;
    if (quality !== undefined) await rateTemplate(sim, template, quality);
    if (category !== undefined) await setCategory(sim, template, category);
    if (status === "PAUSED") await pauseTemplate(sim, template);
    else if (status !== undefined) {
      await setTemplateStatus(sim, template, status, reason === undefined ? {} : { reason });
    }
    return { id: template.id, status: template.status };
  });
}
