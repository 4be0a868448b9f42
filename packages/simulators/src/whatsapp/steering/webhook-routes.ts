import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { personOf } from "../people/directory.ts";
import { receiveFromPerson } from "../people/inbound.ts";
import { trafficBase } from "../people/person-values.ts";
import type { Sim } from "../sim.ts";
import type { Account, BusinessNumber } from "../state.ts";
import type { Update } from "../webhooks/envelope.ts";
import { FIELDS, isTraffic } from "../webhooks/fields.ts";

const webhookSchema = z.strictObject({
  /** The account that is told; that of the number when left out. */
  waba_id: z.string().optional(),
  /** The number that traffic is about; its metadata is filled in. */
  phone_number_id: z.string().optional(),
  field: z.string().min(1),
  value: z.looseObject({}),
  /** True: sent as it stands, even a field or a shape that Meta's reference does not know. */
  unchecked: z.boolean().default(false),
});

const stormSchema = z.strictObject({
  phone_number_id: z.string(),
  /** How many messages come at once, and from how many people. */
  messages: z.int().min(1).max(20_000),
  people: z.int().min(1).max(10_000).default(100),
  text: z.string().min(1).default("Hello"),
});

/** The first of the numbers that a storm comes from: French ones kept free for fiction. */
const FIRST_STORM_NUMBER = 33_639_980_000;

/**
 * Mounts `/_sim/webhook`: a webhook of any field, checked against the shape that Meta's reference gives it;
 * `/_sim/storm`: many people write at once; and `/_sim/deliveries`, the webhooks sent.
 */
export function mountWebhooks(app: FastifyInstance, sim: Sim): void {
  app.get("/_sim/deliveries", () => sim.webhooks.deliveries());

  app.post("/_sim/webhook", async (request, reply) => {
    const parsed = webhookSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const { waba_id, phone_number_id, field, unchecked } = parsed.data;
    const number = phone_number_id === undefined ? undefined : sim.state.numbers.get(phone_number_id);
    const account = sim.state.accounts.get(waba_id ?? number?.accountId ?? "");
    if (account === undefined || (phone_number_id !== undefined && number === undefined)) {
      return reply.code(404).send({ error: "no such waba_id or phone_number_id" });
    }
    const value = completed(parsed.data, account, number);
    const problem = unchecked ? undefined : problemOf(field, value);
    if (problem !== undefined) return reply.code(400).send({ error: problem });
    const update: Update = { accountId: account.id, field, value, time: sim.clock.seconds() };
    await sim.webhooks.publish({ ...update, isUnknown: !(field in FIELDS) });
    return { field, value };
  });

  app.post("/_sim/storm", (request, reply) => {
    const parsed = stormSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const { phone_number_id, messages, people, text } = parsed.data;
    const number = sim.state.numbers.get(phone_number_id);
    const account = number && sim.state.accounts.get(number.accountId);
    if (number === undefined || account === undefined) return reply.code(404).send({ error: "no such number" });
    for (let index = 0; index < messages; index += 1) {
      const person = personOf(sim.state, String(FIRST_STORM_NUMBER + (index % people)));
      const body = `${text} ${index + 1}`;
      receiveFromPerson(sim, { account, number, person }, { type: "text", text: { body } });
    }
    return { messages, people: Math.min(people, messages) };
  });
}

function completed(
  { field, value }: { field: string; value: Record<string, unknown> },
  account: Account,
  number: BusinessNumber | undefined,
): Record<string, unknown> {
  const about = number ?? account.numbers[0];
  return isTraffic(field) && about !== undefined ? { ...trafficBase({ number: about }), ...value } : value;
}

function problemOf(field: string, value: unknown): string | undefined {
  const shape = FIELDS[field];
  if (shape === undefined) return `${field} is not a field of the reference; "unchecked": true sends it all the same`;
  const parsed = shape.safeParse(value);
  return parsed.success ? undefined : z.prettifyError(parsed.error);
}
