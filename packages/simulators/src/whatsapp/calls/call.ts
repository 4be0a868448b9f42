import type { VoiceCall } from "./model.ts";
import { newWamid } from "../identifiers.ts";
import { personOf } from "../people/directory.ts";
import { contactOf, trafficBase } from "../people/person-values.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { announce } from "../webhooks/announce.ts";

/** Begins a call; its id is made as a message's is. */
export function newCall(
  sim: Sim,
  facts: Pick<VoiceCall, "phoneNumberId" | "waId" | "direction" | "bizOpaqueCallbackData">,
): VoiceCall {
  const way = facts.direction === "USER_INITIATED" ? "inbound" : "outbound";
  const call: VoiceCall = {
    ...facts,
    id: newWamid(facts.waId, way).replace("wamid.", "wacid."),
    startedAt: sim.clock.now(),
    acceptedAt: undefined,
    endedAt: undefined,
  };
  sim.state.calls.set(call.id, call);
  return call;
}

/** The call between a number and a person that has not ended. */
export function ongoingCall(sim: Sim, number: BusinessNumber, waId: string): VoiceCall | undefined {
  for (const call of sim.state.calls.values()) {
    if (call.phoneNumberId === number.id && call.waId === waId && call.endedAt === undefined) return call;
  }
  return undefined;
}

/** Ends a call and tells the apps, with how long it was when it was taken. */
export async function endCall(sim: Sim, call: VoiceCall): Promise<void> {
  const now = sim.clock.now();
  call.endedAt = now;
  const { acceptedAt, bizOpaqueCallbackData } = call;
  const [start, end] = [acceptedAt ?? now, now].map((at) => Math.floor(at / 1000));
  const spoken =
    acceptedAt === undefined ? {} : { start_time: start, end_time: end, duration: (end ?? 0) - (start ?? 0) };
  await tellEvent(sim, call, {
    event: "terminate",
    status: acceptedAt === undefined ? "FAILED" : "COMPLETED",
    ...spoken,
    ...(bizOpaqueCallbackData === undefined ? {} : { biz_opaque_callback_data: bizOpaqueCallbackData }),
  });
}

/** `value.calls[]` of the webhook field `calls`: a call begins, or ends. */
export async function tellEvent(sim: Sim, call: VoiceCall, event: Record<string, unknown>): Promise<void> {
  const number = sim.state.numbers.get(call.phoneNumberId);
  const account = number && sim.state.accounts.get(number.accountId);
  if (number === undefined || account === undefined) return;
  const isOurs = call.direction === "BUSINESS_INITIATED";
  const [from, to] = isOurs ? [number.digits, call.waId] : [call.waId, number.digits];
  const parties = { state: sim.state, account, number, person: personOf(sim.state, call.waId) };
  await announce(sim, account.id, "calls", {
    ...trafficBase({ number }),
    contacts: [contactOf(parties, { phone: true, username: true })],
    calls: [{ id: call.id, from, to, direction: call.direction, timestamp: String(sim.clock.seconds()), ...event }],
  });
}

/** `value.statuses[]` of the same field: how far a call that the business began has got. */
export async function tellStatus(
  sim: Sim,
  call: VoiceCall,
  status: "RINGING" | "ACCEPTED" | "REJECTED",
): Promise<void> {
  const number = sim.state.numbers.get(call.phoneNumberId);
  if (number === undefined) return;
  const timestamp = String(sim.clock.seconds());
  await announce(sim, number.accountId, "calls", {
    ...trafficBase({ number }),
    statuses: [{ id: call.id, type: "call", status, timestamp, recipient_id: call.waId }],
  });
}
