import { z } from "zod";
import { flagParam, jsonParam } from "../graph/json-param.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseCloud, refuseObject, refuseParameter, refuseTemplate } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import { newObjectId } from "../identifiers.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import { FLOW_CATEGORIES, flowErrors } from "./model.ts";
import type { Flow } from "./model.ts";
import { setFlowStatus } from "./lifecycle.ts";

const MOST_JSON_BYTES = 10 * 1024 * 1024;
const NAME_TAKEN = 4_016_019;

const categories = jsonParam(z.array(z.string().toUpperCase().pipe(z.enum(FLOW_CATEGORIES))).min(1));
const createSchema = z.looseObject({
  name: z.string().min(1).max(200),
  categories,
  endpoint_uri: z.url().optional(),
  clone_flow_id: z.coerce.string<string | number>().optional(),
  flow_json: z.string().optional(),
  publish: flagParam.optional(),
});
const updateSchema = z.looseObject({
  name: z.string().min(1).max(200).optional(),
  categories: categories.optional(),
  endpoint_uri: z.url().optional(),
  application_id: z.coerce.string<string | number>().optional(),
});

/** The flows of an account. */
export function flowsOf(sim: Sim, account: Pick<Account, "id">): Flow[] {
  return [...sim.state.flows.values()].filter(({ accountId }) => accountId === account.id);
}

/** `POST /{WABA}/flows`: a draft with a name of its own, from its JSON or as the copy of another. */
export async function createFlow(sim: Sim, call: Call, account: Account): Promise<Refusal | object> {
  const request = parseParam(createSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const refused = refuseName(sim, account.id, request.name);
  if (refused !== undefined) return refused;
  const source = request.clone_flow_id === undefined ? undefined : sim.state.flows.get(request.clone_flow_id);
  if (request.clone_flow_id !== undefined && source?.accountId !== account.id) {
    return refuseObject(request.clone_flow_id, "POST");
  }
  const json = request.flow_json ?? source?.json;
  const flow: Flow = {
    id: newObjectId(),
    accountId: account.id,
    name: request.name,
    categories: request.categories,
    status: "DRAFT",
    json,
    errors: json === undefined ? [] : flowErrors(json),
    endpointUri: request.endpoint_uri ?? source?.endpointUri,
    updatedAt: sim.clock.now(),
  };
  sim.state.flows.set(flow.id, flow);
  sim.ledger.record("flow_created", { waba_id: account.id, id: flow.id, name: flow.name });
  if (request.publish === true && flow.errors.length === 0 && json !== undefined) {
    await setFlowStatus(sim, flow, "PUBLISHED");
  }
  return { id: flow.id, success: true, ...(json === undefined ? {} : { validation_errors: flow.errors }) };
}

/** `POST /{FLOW}`: another name, categories or endpoint. */
export function updateFlow(sim: Sim, call: Call, flow: Flow): Refusal | object {
  const request = parseParam(updateSchema, call.params, "");
  if (request instanceof Refusal) return request;
  if (flow.status === "DEPRECATED") return refuseCloud(139001, "A deprecated flow can't be updated.");
  const { name } = request;
  const refused = name === undefined || name === flow.name ? undefined : refuseName(sim, flow.accountId, name);
  if (refused !== undefined) return refused;
  flow.name = name ?? flow.name;
  flow.categories = request.categories ?? flow.categories;
  flow.endpointUri = request.endpoint_uri ?? flow.endpointUri;
  flow.updatedAt = sim.clock.now();
  return { success: true };
}

/** `POST /{FLOW}/assets`: the JSON of a draft as a file; what is wrong with it comes back, and is kept all the same. */
export async function uploadFlowJson(sim: Sim, { params }: Call, flow: Flow): Promise<Refusal | object> {
  const { file, name, asset_type } = params;
  if (asset_type !== "FLOW_JSON") return refuseParameter("Param asset_type must be one of {FLOW_JSON}.");
  if (name !== undefined && name !== "flow.json") return refuseParameter("Param name must be one of {flow.json}.");
  if (!(file instanceof File)) return refuseParameter("The parameter file is required.");
  if (file.size > MOST_JSON_BYTES) return refuseParameter("The file is larger than 10 MB.");
  if (flow.status !== "DRAFT") return refuseCloud(139001, "Only the JSON of a draft can be changed.");
  flow.json = await file.text();
  flow.errors = flowErrors(flow.json);
  flow.updatedAt = sim.clock.now();
  sim.ledger.record("flow_json_uploaded", { id: flow.id, errors: flow.errors.length });
  return { success: true, validation_errors: flow.errors };
}

function refuseName(sim: Sim, accountId: string, name: string): Refusal | undefined {
  const isTaken = flowsOf(sim, { id: accountId }).some((flow) => flow.name === name);
  return isTaken ? refuseTemplate(NAME_TAKEN, "Flow name must be unique", "Choose another name.") : undefined;
}
