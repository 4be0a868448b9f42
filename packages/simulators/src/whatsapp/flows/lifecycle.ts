import { refuseCloud } from "../graph/refusal.ts";
import type { Refusal } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import { announce } from "../webhooks/announce.ts";
import type { Flow } from "./model.ts";

/** `POST /{FLOW}/publish`: a draft whose JSON has no errors; it can then no longer be changed (139002 otherwise). */
export async function publishFlow(sim: Sim, _call: Call, flow: Flow): Promise<Refusal | object> {
  if (flow.status !== "DRAFT") return refuseCloud(139002, `A flow that is ${flow.status} can't be published.`);
  if (flow.json === undefined) return refuseCloud(139002, "The flow has no JSON yet.");
  if (flow.errors.length > 0) return refuseCloud(139002, "The flow has validation errors.");
  await setFlowStatus(sim, flow, "PUBLISHED");
  return { success: true };
}

/** `POST /{FLOW}/deprecate`: only a published flow (139003 otherwise). */
export async function deprecateFlow(sim: Sim, _call: Call, flow: Flow): Promise<Refusal | object> {
  if (flow.status !== "PUBLISHED") return refuseCloud(139003, "Only a published flow can be deprecated.");
  await setFlowStatus(sim, flow, "DEPRECATED");
  return { success: true };
}

/** `DELETE /{FLOW}`: only a draft (139004 otherwise). */
export function deleteFlow(sim: Sim, _call: Call, flow: Flow): Refusal | object {
  if (flow.status !== "DRAFT") return refuseCloud(139004, "Only a draft can be deleted; deprecate the flow instead.");
  sim.state.flows.delete(flow.id);
  sim.ledger.record("flow_deleted", { id: flow.id, name: flow.name });
  return { success: true };
}

/** Sets the status of a flow and tells the apps (`flows`). */
export async function setFlowStatus(sim: Sim, flow: Flow, status: Flow["status"]): Promise<void> {
  const old_status = flow.status;
  flow.status = status;
  flow.updatedAt = sim.clock.now();
  sim.ledger.record("flow_status", { id: flow.id, status });
  await announce(sim, flow.accountId, "flows", {
    event: "FLOW_STATUS_CHANGE",
    message: `Flow ${flow.name} changed status from ${old_status} to ${status}`,
    flow_id: flow.id,
    old_status,
    new_status: status,
  });
}
