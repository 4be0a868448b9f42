import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";
import { setTemplateStatus } from "../templates/review.ts";

const templateSchema = z.strictObject({
  status: z.enum(["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"]),
  reason: z.string().optional(),
});

/** Mounts `/_sim/templates/{id}`: a template gets a new status, told by webhook. */
export function mountTemplates(app: FastifyInstance, sim: Sim): void {
  app.post<{ Params: { id: string } }>("/_sim/templates/:id", async (request, reply) => {
    const parsed = templateSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const template = sim.state.templates.get(request.params.id);
    if (template === undefined) return reply.code(404).send({ error: "no such template" });
    const { status, reason } = parsed.data;
    const info =
      status === "PAUSED" ? { info: { title: "FIRST_PAUSE", description: "Paused for 3 hours for its quality." } } : {};
    await setTemplateStatus(sim, template, status, { ...(reason === undefined ? {} : { reason }), ...info });
    return { id: template.id, status: template.status };
  });
}
