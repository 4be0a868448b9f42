import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";
import { setTemplateStatus } from "../templates/review.ts";

const templateSchema = z.strictObject({
  status: z.enum(["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"]),
  reason: z.string().optional(),
});
const accountSchema = z.strictObject({
  locked: z.boolean().optional(),
  has_payment_method: z.boolean().optional(),
  requires_app_secret_proof: z.boolean().optional(),
});
const numberSchema = z.strictObject({
  registered: z.boolean().optional(),
  name_status: z.enum(["APPROVED", "DECLINED", "PENDING_REVIEW"]).optional(),
  quality_rating: z.enum(["GREEN", "YELLOW", "RED", "UNKNOWN"]).optional(),
  allowed_recipients: z.array(z.string()).nullable().optional(),
});

type ById = { Params: { id: string } };

/**
 * Mounts what Meta's side decides about a business: `/_sim/templates/{id}` (a new status, told by webhook),
 * `/_sim/accounts/{waba_id}`, `/_sim/numbers/{phone_number_id}`; and `/_sim/deliveries`, the webhooks sent.
 */
export function mountBusiness(app: FastifyInstance, sim: Sim): void {
  app.get("/_sim/deliveries", () => sim.webhooks.deliveries());

  app.post<ById>("/_sim/templates/:id", async (request, reply) => {
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

  app.post<ById>("/_sim/accounts/:id", (request, reply) => {
    const parsed = accountSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const account = sim.state.accounts.get(request.params.id);
    const owner = account && sim.state.apps.get(account.appId);
    if (account === undefined || owner === undefined) return reply.code(404).send({ error: "no such account" });
    account.locked = parsed.data.locked ?? account.locked;
    account.hasPaymentMethod = parsed.data.has_payment_method ?? account.hasPaymentMethod;
    owner.requiresProof = parsed.data.requires_app_secret_proof ?? owner.requiresProof;
    return { id: account.id, locked: account.locked, has_payment_method: account.hasPaymentMethod };
  });

  app.post<ById>("/_sim/numbers/:id", (request, reply) => {
    const parsed = numberSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const number = sim.state.numbers.get(request.params.id);
    if (number === undefined) return reply.code(404).send({ error: "no such phone number" });
    const { registered, name_status, quality_rating, allowed_recipients } = parsed.data;
    number.registered = registered ?? number.registered;
    number.nameStatus = name_status ?? number.nameStatus;
    number.qualityRating = quality_rating ?? number.qualityRating;
    if (allowed_recipients !== undefined) number.allowedRecipients = allowed_recipients ?? undefined;
    return { id: number.id, registered: number.registered, name_status: number.nameStatus };
  });
}
