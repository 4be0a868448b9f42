import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { isBlocked } from "../numbers/block-list.ts";
import { personByUserId, personOf, userIdOf } from "../people/directory.ts";
import { problemOfInbound } from "../people/inbound-kinds.ts";
import { completeInbound } from "../people/inbound-media.ts";
import { problemOfChange, receiveFromPerson } from "../people/inbound.ts";
import type { InboundFacts } from "../people/inbound.ts";
import type { InboundMessage } from "../people/entry-point.ts";
import type { Person } from "../people/person.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import { waIdSchema } from "./wa-id.ts";

/** Bytes in a body: the largest video in base64. */
const BODY_LIMIT = 32 * 1024 * 1024;

const inboundSchema = z.looseObject({
  phone_number_id: z.string(),
  from: waIdSchema.optional(),
  /** A person already known, by the id that this business knows them by. */
  from_user_id: z.string().optional(),
  from_parent_user_id: z.string().optional(),
  profile_name: z.string().min(1).optional(),
  type: z.string().min(1).default("text"),
  id: z.string().startsWith("wamid.").optional(),
  /** Unix seconds. */
  timestamp: z.coerce.number().int().positive().optional(),
});

/** Mounts `POST /_sim/inbound`: a person writes a message of any kind of Meta's webhook. */
export function mountInbound(app: FastifyInstance, sim: Sim): void {
  app.post("/_sim/inbound", { bodyLimit: BODY_LIMIT }, (request, reply) => {
    const parsed = inboundSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const { phone_number_id, from, from_user_id, from_parent_user_id: _, profile_name, ...rest } = parsed.data;
    const { id, timestamp, ...message } = rest;
    const number = sim.state.numbers.get(phone_number_id);
    const account = number && sim.state.accounts.get(number.accountId);
    if (number === undefined || account === undefined) {
      return reply.code(404).send({ error: "no such phone_number_id" });
    }
    const problem = problemOfInbound(message);
    if (problem !== undefined) return reply.code(400).send({ error: problem });
    const person = senderOf(sim, account, from, from_user_id);
    if (person === undefined) return reply.code(404).send({ error: "from or a known from_user_id is needed" });
    if (isBlocked(number, person)) return reply.code(409).send({ error: "the business has blocked this person" });
    if (person.blockedNumbers.has(number.id))
      return reply.code(409).send({ error: "this person has blocked the number" });
    person.name = profile_name ?? person.name;
    const at = timestamp === undefined ? undefined : timestamp * 1000;
    return answerTo(sim, { account, number, person, id, at }, message, reply);
  });
}

async function answerTo(sim: Sim, facts: InboundFacts, message: InboundMessage, reply: FastifyReply): Promise<unknown> {
  const { account, person } = facts;
  const change = problemOfChange(sim, facts, message);
  if (change !== undefined) return reply.code(409).send({ error: change });
  const completed = await completeInbound(sim, facts.number, message);
  if (typeof completed === "string") return reply.code(400).send({ error: completed });
  const { wamid, body, type } = receiveFromPerson(sim, facts, completed);
  return { id: wamid, wa_id: person.waId, user_id: userIdOf(account, person), [type]: body[type] };
}

function senderOf(sim: Sim, account: Account, from?: string, userId?: string): Person | undefined {
  if (from !== undefined) return personOf(sim.state, from);
  return userId === undefined ? undefined : personByUserId(sim.state, account, userId);
}
