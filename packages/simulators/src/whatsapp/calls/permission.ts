import { refuseCloud, refuseParameter } from "../graph/refusal.ts";
import type { Refusal } from "../graph/refusal.ts";
import type { Call as GraphCall } from "../graph/route.ts";
import type { Message } from "../messages/message.ts";
import { canonicalWaId } from "../people/canonical-wa-id.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber, State } from "../state.ts";

const DAY_MS = 24 * 3_600_000;
/** A permission that is not permanent lasts so long. */
const PERMISSION_MS = 7 * DAY_MS;
/** Requests for permission to one person, and connected calls (Meta: calling limits). */
const REQUEST_LIMITS = [
  { time_period: "24h", ms: DAY_MS, most: 1 },
  { time_period: "7d", ms: 7 * DAY_MS, most: 2 },
];
const MOST_CALLS_PER_DAY = 10;

/** Whether a business may call a person. `expiresAt` in ms; undefined for a permission that lasts. */
export type Permission = { status: "granted" | "pending" | "denied" | "expired"; expiresAt?: number };

/** What a person last said to the question whether they may be called, read from the messages of the chat. */
export function permissionOf(state: State, number: BusinessNumber, waId: string, now: number): Permission {
  let permission: Permission = { status: "denied" };
  for (const message of state.messages.values()) {
    if (message.phoneNumberId !== number.id || message.waId !== waId) continue;
    if (isRequest(message)) permission = permission.status === "granted" ? permission : { status: "pending" };
    const reply = replyOf(message);
    if (reply === undefined) continue;
    permission = reply.response === "accept" ? grantedAt(message.at, reply) : { status: "denied" };
  }
  const { expiresAt } = permission;
  return expiresAt !== undefined && expiresAt <= now ? { status: "expired" } : permission;
}

/** 138009 when a person was asked for permission as often as is allowed. */
export function checkRequestLimit(sim: Sim, number: BusinessNumber, waId: string): Refusal | undefined {
  const now = sim.clock.now();
  const isReached = REQUEST_LIMITS.some(({ ms, most }) => requestsSince(sim.state, number, waId, now - ms) >= most);
  return isReached ? refuseCloud(138009, "The limit of call permission requests to this person is reached") : undefined;
}

/** `GET /{PNID}/call_permissions?user_wa_id=`: whether a person may be called, and what can be done now. */
export function readPermission(sim: Sim, call: GraphCall, number: BusinessNumber): Refusal | object {
  const { user_wa_id } = call.params;
  if (typeof user_wa_id !== "string" || user_wa_id === "") {
    return refuseParameter("The parameter user_wa_id is required.");
  }
  const waId = canonicalWaId(user_wa_id.replaceAll(/\D/gu, ""));
  const now = sim.clock.now();
  const { status, expiresAt } = permissionOf(sim.state, number, waId, now);
  const calls = [...sim.state.calls.values()].filter(
    (one) => one.phoneNumberId === number.id && one.waId === waId && now - (one.acceptedAt ?? 0) < DAY_MS,
  ).length;
  const requests = REQUEST_LIMITS.map(({ time_period, ms, most }) => ({
    time_period,
    current_usage: requestsSince(sim.state, number, waId, now - ms),
    max_allowed: most,
  }));
  return {
    messaging_product: "whatsapp",
    permission: { status, ...(expiresAt === undefined ? {} : { expiration_time: Math.floor(expiresAt / 1000) }) },
    actions: [
      {
        action_name: "start_call",
        can_perform_action: status === "granted" && calls < MOST_CALLS_PER_DAY,
        limits: [{ time_period: "24h", current_usage: calls, max_allowed: MOST_CALLS_PER_DAY }],
      },
      {
        action_name: "send_call_permission_request",
        can_perform_action: requests.every(({ current_usage, max_allowed }) => current_usage < max_allowed),
        limits: requests,
      },
    ],
  };
}

/** Whether a message asks for permission to call. */
export function isRequest({ direction, body }: Pick<Message, "direction" | "body">): boolean {
  return direction === "outbound" && field(body.interactive, "type") === "call_permission_request";
}

function requestsSince(state: State, number: BusinessNumber, waId: string, since: number): number {
  return [...state.messages.values()].filter(
    (message) =>
      message.phoneNumberId === number.id && message.waId === waId && message.at > since && isRequest(message),
  ).length;
}

function replyOf({ direction, body }: Message): Record<string, unknown> | undefined {
  const reply = direction === "inbound" ? field(body.interactive, "call_permission_reply") : undefined;
  return typeof reply === "object" && reply !== null ? { ...reply } : undefined;
}

function grantedAt(at: number, { is_permanent, expiration_timestamp }: Record<string, unknown>): Permission {
  if (is_permanent === true) return { status: "granted" };
  const expires = Number(expiration_timestamp) * 1000;
  return { status: "granted", expiresAt: Number.isFinite(expires) && expires > 0 ? expires : at + PERMISSION_MS };
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}
