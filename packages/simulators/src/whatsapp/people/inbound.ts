import { newWamid } from "../identifiers.ts";
import type { Message } from "../messages/message.ts";
import { inboundValue } from "../messages/payload.ts";
import type { Sim } from "../sim.ts";
import type { Account, BusinessNumber } from "../state.ts";
import { pairOf } from "./directory.ts";
import type { Person } from "./person.ts";

/** A message as a person writes it: the type and its object, with `context` and whatever else belongs to it. */
export type InboundMessage = { type: string } & Record<string, unknown>;

/** Who writes to whom, and optionally the id and the time (ms) that the message shall have. */
export type InboundFacts = {
  account: Account;
  number: BusinessNumber;
  person: Person;
  id?: string | undefined;
  at?: number | undefined;
};

/** A person writes: the service window opens, the phone shows it, the apps of the account hear of it. */
export function receiveFromPerson(sim: Sim, facts: InboundFacts, body: InboundMessage): Message {
  const { account, number, person } = facts;
  const at = facts.at ?? sim.clock.now();
  const message: Message = {
    wamid: facts.id ?? newWamid(person.waId, "inbound"),
    direction: "inbound",
    phoneNumberId: number.id,
    waId: person.waId,
    at,
    type: body.type,
    body: withQuotedSender(sim, number, body),
    status: "delivered",
  };
  number.bucket.take(sim.clock.now());
  const pair = pairOf(sim.state, number.id, person.waId, at);
  pair.lastInboundAt = Math.max(pair.lastInboundAt ?? 0, at);
  sim.state.messages.set(message.wamid, message);
  sim.phones.message(message);
  const value = inboundValue({ account, number, person }, message);
  void sim.webhooks.publish({ accountId: account.id, field: "messages", value, time: Math.floor(at / 1000) });
  return message;
}

/** A quoted message is named by its id and by who wrote it; whoever simulates an answer gives the id alone. */
function withQuotedSender(sim: Sim, number: BusinessNumber, body: InboundMessage): InboundMessage {
  const { context } = body;
  if (typeof context !== "object" || context === null || !("id" in context) || "from" in context) return body;
  const quoted = sim.state.messages.get(String(context.id));
  if (quoted === undefined) return body;
  return { ...body, context: { from: quoted.direction === "outbound" ? number.digits : quoted.waId, ...context } };
}
