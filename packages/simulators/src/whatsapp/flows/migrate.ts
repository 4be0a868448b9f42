import { z } from "zod";
import { jsonParam } from "../graph/json-param.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseObject } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import { newObjectId } from "../identifiers.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import { flowsOf } from "./edit.ts";

const migrateSchema = z.looseObject({
  source_waba_id: z.coerce.string<string | number>(),
  source_flow_names: jsonParam(z.array(z.string()).min(1).max(100)).optional(),
});

/** `POST /{WABA}/migrate_flows`: copies flows of another account of the same portfolio, by name or all of them. */
export function migrateFlows(sim: Sim, call: Call, account: Account): Refusal | object {
  const request = parseParam(migrateSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const source = sim.state.accounts.get(request.source_waba_id);
  if (source === undefined || source.businessId !== account.businessId) {
    return refuseObject(request.source_waba_id, "POST");
  }
  const known = flowsOf(sim, source);
  const names = request.source_flow_names ?? known.map(({ name }) => name);
  const migrated: object[] = [];
  const failed: object[] = [];
  for (const source_name of names) {
    const flow = known.find(({ name }) => name === source_name);
    const reason = reasonAgainst(
      flow !== undefined,
      flowsOf(sim, account).some(({ name }) => name === source_name),
    );
    if (flow === undefined || reason !== undefined) {
      failed.push({ source_name, ...reason });
      continue;
    }
    const copy = { ...structuredClone(flow), id: newObjectId(), accountId: account.id, updatedAt: sim.clock.now() };
    sim.state.flows.set(copy.id, copy);
    migrated.push({ source_name, source_id: flow.id, migrated_id: copy.id });
  }
  return { migrated_flows: migrated, failed_flows: failed };
}

function reasonAgainst(exists: boolean, isTaken: boolean): { error_code: string; error_message: string } | undefined {
  if (!exists) {
    return { error_code: "4233041", error_message: "Flows Migration Error: Flow name not found in source WABA." };
  }
  return isTaken
    ? { error_code: "4233042", error_message: "Flows Migration Error: Flow name exists in destination WABA." }
    : undefined;
}
