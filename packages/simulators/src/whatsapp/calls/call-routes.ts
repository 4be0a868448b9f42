import { z } from "zod";
import { jsonParam } from "../graph/json-param.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseCloud, refuseParameter } from "../graph/refusal.ts";
import type { Call as GraphCall, Route } from "../graph/route.ts";
import { canonicalWaId } from "../people/canonical-wa-id.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { endCall, newCall, ongoingCall, tellStatus } from "./call.ts";
import type { VoiceCall } from "./model.ts";
import { permissionOf, readPermission } from "./permission.ts";

/** How long it takes until a phone rings. */
const RINGING_MS = 500;
const messaging = "whatsapp_business_messaging";

const callSchema = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  action: z.enum(["connect", "pre_accept", "accept", "reject", "terminate"]),
  to: z.string().optional(),
  call_id: z.string().optional(),
  session: jsonParam(z.strictObject({ sdp_type: z.enum(["offer", "answer"]), sdp: z.string().min(1) })).optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
});
type CallRequest = z.infer<typeof callSchema>;

/** What can be asked of a number about calls. */
export const numberCallRoutes: readonly Route<BusinessNumber>[] = [
  { method: "POST", edge: "calls", needs: messaging, handle: manageCall },
  { method: "GET", edge: "call_permissions", needs: messaging, handle: readPermission },
];

/** `POST /{PNID}/calls`: begins a call, takes or refuses one that a person began, or ends either. */
function manageCall(sim: Sim, call: GraphCall, number: BusinessNumber): Refusal | object | Promise<Refusal | object> {
  const request = parseParam(callSchema, call.params, "");
  if (request instanceof Refusal) return request;
  if (number.settings.calling.status !== "enabled") return refuseCloud(138000, "Calling is not enabled on this number");
  const { action, to, call_id } = request;
  if (action === "connect") return connect(sim, number, request);
  if (call_id === undefined && (action === "terminate" || to === undefined)) {
    return refuseParameter(`The parameter ${action === "terminate" ? "call_id" : "to"} is required.`);
  }
  const current = call_id === undefined ? ongoingCall(sim, number, digitsOf(to)) : sim.state.calls.get(call_id);
  if (current === undefined || current.phoneNumberId !== number.id || current.endedAt !== undefined) {
    return refuseParameter("Invalid parameter: there is no such call.");
  }
  if (action === "terminate") return end(sim, current);
  return answer(sim, current, request);
}

function connect(sim: Sim, number: BusinessNumber, request: CallRequest): Refusal | object {
  const { to, session, biz_opaque_callback_data } = request;
  if (to === undefined) return refuseParameter("The parameter to is required.");
  if (session?.sdp_type !== "offer") return refuseParameter("The parameter session must hold an offer.");
  const waId = digitsOf(to);
  if (!/^[1-9]\d{6,14}$/u.test(waId)) return refuseCloud(131009, "to is not a valid phone number");
  if (permissionOf(sim.state, number, waId, sim.clock.now()).status !== "granted") {
    return refuseCloud(138006, "The person has not given permission to be called");
  }
  if (ongoingCall(sim, number, waId) !== undefined) return refuseCloud(138003, "A call to this person is going on");
  const call = newCall(sim, {
    phoneNumberId: number.id,
    waId,
    direction: "BUSINESS_INITIATED",
    bizOpaqueCallbackData: biz_opaque_callback_data,
  });
  sim.clock.after(RINGING_MS, async () => {
    if (call.endedAt === undefined) await tellStatus(sim, call, "RINGING");
  });
  sim.ledger.record("call", { phone_number_id: number.id, wa_id: waId, call_id: call.id });
  return { messaging_product: "whatsapp", calls: [{ id: call.id }] };
}

async function answer(sim: Sim, call: VoiceCall, { action, session }: CallRequest): Promise<Refusal | object> {
  if (call.direction === "BUSINESS_INITIATED")
    return refuseParameter("Only a call that a person began can be answered.");
  if (action === "reject") return end(sim, call);
  if (session?.sdp_type !== "answer") return refuseParameter("The parameter session must hold an answer.");
  if (action === "accept") call.acceptedAt ??= sim.clock.now();
  return { messaging_product: "whatsapp", success: true };
}

async function end(sim: Sim, call: VoiceCall): Promise<object> {
  await endCall(sim, call);
  return { messaging_product: "whatsapp", success: true };
}

function digitsOf(to: string | undefined): string {
  return canonicalWaId((to ?? "").replaceAll(/\D/gu, ""));
}
