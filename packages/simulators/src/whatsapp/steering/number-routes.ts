import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { setQuality } from "../limits/quality.ts";
import { setThroughput } from "../limits/throughput.ts";
import { throughputBucket } from "../limits/model.ts";
import { setPin } from "../numbers/change.ts";
import { officialDecision } from "../numbers/papers.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { announce } from "../webhooks/announce.ts";

const numberSchema = z.strictObject({
  registered: z.boolean().optional(),
  /** Meta's decision on the display name, told by webhook; APPROVED and a new name change the name. */
  name_decision: z
    .strictObject({
      decision: z.enum(["APPROVED", "REJECTED", "DEFERRED"]),
      verified_name: z.string().min(1).optional(),
      rejection_reason: z.string().startsWith("NAME_").optional(),
    })
    .optional(),
  name_status: z.enum(["APPROVED", "DECLINED", "PENDING_REVIEW"]).optional(),
  quality_rating: z.enum(["GREEN", "YELLOW", "RED", "UNKNOWN"]).optional(),
  throughput: z.enum(["STANDARD", "HIGH"]).optional(),
  coexistence: z.boolean().optional(),
  identity_key_check: z.boolean().optional(),
  /** Meta's decision on the badge of an official business account. */
  official_business_account: z.enum(["PENDING", "APPROVED", "REJECTED"]).optional(),
  pin: z
    .string()
    .regex(/^\d{6}$/u)
    .optional(),
  allowed_recipients: z.array(z.string()).nullable().optional(),
});

type NumberChange = z.infer<typeof numberSchema>;

/** Mounts `/_sim/numbers/{phone_number_id}`: what Meta's side, or the phone app, decides about a number. */
export function mountNumbers(app: FastifyInstance, sim: Sim): void {
  app.post<{ Params: { id: string } }>("/_sim/numbers/:id", async (request, reply) => {
    const parsed = numberSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const number = sim.state.numbers.get(request.params.id);
    if (number === undefined) return reply.code(404).send({ error: "no such phone number" });
    const change = parsed.data;
    setFacts(sim, number, change);
    if (change.quality_rating !== undefined) await setQuality(sim, number, change.quality_rating);
    if (change.throughput !== undefined) await setThroughput(sim, number, change.throughput);
    if (change.name_decision !== undefined) await decideName(sim, number, change.name_decision);
    if (change.pin !== undefined) await setPin(sim, number, change.pin);
    return {
      id: number.id,
      registered: number.registered,
      name_status: number.nameStatus,
      quality_rating: number.qualityRating,
      throughput: number.throughput,
    };
  });
}

function setFacts(sim: Sim, number: BusinessNumber, change: NumberChange): void {
  number.registered = change.registered ?? number.registered;
  number.nameStatus = change.name_status ?? number.nameStatus;
  number.identityCheck = change.identity_key_check ?? number.identityCheck;
  if (change.allowed_recipients !== undefined) number.allowedRecipients = change.allowed_recipients ?? undefined;
  if (change.official_business_account !== undefined) {
    number.official = officialDecision(change.official_business_account);
  }
  if (change.coexistence === undefined) return;
  number.coexistence = change.coexistence;
  number.bucket = throughputBucket(number, sim.clock.now());
}

async function decideName(
  sim: Sim,
  number: BusinessNumber,
  { decision, verified_name, rejection_reason }: NonNullable<NumberChange["name_decision"]>,
): Promise<void> {
  const requested = verified_name ?? number.verifiedName;
  if (decision === "APPROVED") number.verifiedName = requested;
  if (decision !== "DEFERRED") number.nameStatus = decision === "APPROVED" ? "APPROVED" : "DECLINED";
  await announce(sim, number.accountId, "phone_number_name_update", {
    display_phone_number: number.digits,
    decision,
    requested_verified_name: requested,
    rejection_reason: decision === "REJECTED" ? (rejection_reason ?? "NAME_NOT_CONSISTENT") : null,
  });
}
