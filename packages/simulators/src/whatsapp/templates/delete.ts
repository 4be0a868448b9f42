import { z } from "zod";
import { jsonParam } from "../graph/json-param.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseObject, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import type { Template } from "./model.ts";
import { brokenRule } from "./broken-rule.ts";
import { removeTemplate, templatesOf } from "./catalogue.ts";
import { tellStatus } from "./review.ts";

const MOST_AT_ONCE = 100;

const deleteSchema = z.looseObject({
  name: z.string().min(1).optional(),
  hsm_id: z.coerce.string<string | number>().optional(),
  hsm_ids: jsonParam(z.array(z.coerce.string<string | number>()).min(1).max(MOST_AT_ONCE)).optional(),
});

/**
 * `DELETE /{WABA}/message_templates`: by `name` in all its languages, by `hsm_id` and `name` in one, or by `hsm_ids`,
 * of which all or none are deleted.
 */
export async function deleteTemplates(sim: Sim, call: Call, account: Account): Promise<Refusal | object> {
  const request = parseParam(deleteSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const doomed = namedBy(request, templatesOf(sim, account));
  if (doomed instanceof Refusal) return doomed;
  if (doomed.some(({ status }) => status === "DISABLED")) {
    return brokenRule(2388039, "A disabled template can't be deleted.");
  }
  for (const template of doomed) {
    removeTemplate(sim, template);
    await tellStatus(sim, template, "PENDING_DELETION");
  }
  const ids = doomed.map(({ id }) => id);
  sim.ledger.record("template_deleted", { waba_id: account.id, name: doomed[0]?.name, ids });
  return { success: true };
}

function namedBy({ name, hsm_id, hsm_ids }: z.infer<typeof deleteSchema>, templates: Template[]): Template[] | Refusal {
  if (hsm_ids !== undefined) {
    const found = templates.filter(({ id }) => hsm_ids.includes(id));
    const unknown = hsm_ids.find((id) => !found.some((template) => template.id === id));
    return unknown === undefined ? found : refuseObject(unknown, "DELETE");
  }
  if (name === undefined) return refuseParameter("The parameter name is required.");
  const found = templates.filter(
    (template) => template.name === name && (hsm_id === undefined || template.id === hsm_id),
  );
  return found.length === 0 ? refuseObject(hsm_id ?? name, "DELETE") : found;
}
