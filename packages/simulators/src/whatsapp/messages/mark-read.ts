import { parseParam } from "../graph/params.ts";
import { Refusal, refuseParameter } from "../graph/refusal.ts";
import { pairOf } from "../people/directory.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { readSchema } from "./request.ts";

/** Only messages of the last 30 days can be marked as read. */
const READ_LIMIT_MS = 30 * 24 * 3_600_000;
/** A typing indicator ends with the answer, or after this time. */
const TYPING_MS = 25_000;

/** Marks a person's message and all before it in the thread as read, and shows the typing indicator where asked to. */
export function readInbound(sim: Sim, params: Record<string, unknown>, number: BusinessNumber): Refusal | object {
  const request = parseParam(readSchema, params, "");
  if (request instanceof Refusal) return request;
  const now = sim.clock.now();
  const target = sim.state.messages.get(request.message_id);
  const isReadable = target?.direction === "inbound" && target.phoneNumberId === number.id;
  // Meta's page says 131009; what answers there is Graph's own refusal.
  if (!isReadable || now - target.at > READ_LIMIT_MS) return refuseParameter("Invalid parameter");

  for (const message of sim.state.messages.values()) {
    const isBefore = message.direction === "inbound" && message.at <= target.at && message.waId === target.waId;
    if (!isBefore || message.phoneNumberId !== number.id || message.status === "read") continue;
    message.status = "read";
    sim.phones.message(message);
  }
  if (request.typing_indicator !== undefined) {
    const until = now + TYPING_MS;
    pairOf(sim.state, number.id, target.waId, now).typingUntil = until;
    sim.phones.typing(number.id, target.waId, TYPING_MS);
  }
  sim.ledger.record("read", {
    phone_number_id: number.id,
    message_id: request.message_id,
    typing_indicator: request.typing_indicator !== undefined,
  });
  return { success: true };
}
