import { createFlow, updateFlow, uploadFlowJson } from "../flows/edit.ts";
import { deleteFlow, deprecateFlow, publishFlow } from "../flows/lifecycle.ts";
import { migrateFlows } from "../flows/migrate.ts";
import type { Flow } from "../flows/model.ts";
import { listFlowAssets, listFlows, readFlow } from "../flows/read.ts";
import type { Account } from "../state.ts";
import type { Route } from "./route.ts";

const needs = "whatsapp_business_management";

/** What can be asked of the flows of an account. */
export const accountFlowRoutes: readonly Route<Account>[] = [
  { method: "GET", edge: "flows", needs, handle: listFlows },
  { method: "POST", edge: "flows", needs, handle: createFlow },
  { method: "POST", edge: "migrate_flows", needs, handle: migrateFlows },
];

/** What can be asked of one flow. */
export const flowRoutes: readonly Route<Flow>[] = [
  { method: "GET", edge: "", needs, handle: readFlow },
  { method: "POST", edge: "", needs, handle: updateFlow },
  { method: "DELETE", edge: "", needs, handle: deleteFlow },
  { method: "GET", edge: "assets", needs, handle: listFlowAssets },
  { method: "POST", edge: "assets", needs, handle: uploadFlowJson },
  { method: "POST", edge: "publish", needs, handle: publishFlow },
  { method: "POST", edge: "deprecate", needs, handle: deprecateFlow },
];
