import type { InboundMessage } from "./entry-point.ts";
import { newWamid } from "../identifiers.ts";
import type { Message } from "../messages/message.ts";
import type { Sim } from "../sim.ts";
import type { Account, BusinessNumber } from "../state.ts";
import { pairOf, sharesPhone } from "./directory.ts";
import { noteReferral } from "./entry-point.ts";
import { opensWindow } from "./inbound-kinds.ts";
import { inboundValue } from "./inbound-value.ts";
import type { Person } from "./person.ts";

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
  const { state } = sim;
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
  const pair = pairOf(state, number.id, person.waId, at);
  noteReferral(pair, body, at);
  if (opensWindow(body.type)) pair.lastInboundAt = Math.max(pair.lastInboundAt ?? 0, at);
  if (sharesPhone(state, number, person, at)) pair.phoneSharedAt = Math.max(pair.phoneSharedAt ?? 0, at);
  state.messages.set(message.wamid, message);
  sim.phones.message(message);
  const value = inboundValue({ state, account, number, person }, message);
  void sim.webhooks.publish({ accountId: account.id, field: "messages", value, time: Math.floor(at / 1000) });
  return message;
}

const EDIT_LIMIT_MS = 15 * 60_000;
const REVOKE_LIMIT_MS = 48 * 3_600_000;

/**
 * Why a person cannot change or take back the message that an `edit` or `revoke` names: it is not theirs, or too old
 * (15 minutes, two days). A message that this simulator never carried passes: it may be older than its memory.
 */
export function problemOfChange(
  sim: Sim,
  { number, person, at }: InboundFacts,
  body: InboundMessage,
): string | undefined {
  const limit = body.type === "edit" ? EDIT_LIMIT_MS : REVOKE_LIMIT_MS;
  const change = body[body.type];
  if (!["edit", "revoke"].includes(body.type) || typeof change !== "object" || change === null) return undefined;
  const original = sim.state.messages.get("original_message_id" in change ? String(change.original_message_id) : "");
  if (original === undefined) return undefined;
  const isTheirs =
    original.direction === "inbound" && original.waId === person.waId && original.phoneNumberId === number.id;
  if (!isTheirs) return `${body.type}: the message is not one that this person wrote here`;
  return (at ?? sim.clock.now()) - original.at > limit ? `${body.type}: the message is too old for that` : undefined;
}

/** A quoted message is named by its id and by who wrote it; whoever simulates an answer gives the id alone. */
function withQuotedSender(sim: Sim, number: BusinessNumber, body: InboundMessage): InboundMessage {
  const { context } = body;
  if (typeof context !== "object" || context === null || !("id" in context) || "from" in context) return body;
  const quoted = sim.state.messages.get(String(context.id));
  if (quoted === undefined) return body;
  return { ...body, context: { from: quoted.direction === "outbound" ? number.digits : quoted.waId, ...context } };
}
