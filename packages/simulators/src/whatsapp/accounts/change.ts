import { z } from "zod";
import { flagParam } from "../graph/json-param.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseCloud, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";

const changeSchema = z.looseObject({
  name: z.string().min(1).max(100).optional(),
  timezone_id: z.coerce
    .string<string | number>()
    .regex(/^\d{1,3}$/u, "must be the id of a time zone")
    .optional(),
  is_enabled_for_insights: flagParam.optional(),
});
const KEYS = Object.keys(changeSchema.shape);

/** `POST /{WABA}`: its name, its time zone, and the counting of template insights, which cannot be taken back (200006). */
export function changeAccount(sim: Sim, call: Call, account: Account): Refusal | object {
  const change = parseParam(changeSchema, call.params, "");
  if (change instanceof Refusal) return change;
  if (!KEYS.some((key) => key in change))
    return refuseParameter(`One of the parameters ${KEYS.join(", ")} is required.`);
  if (change.is_enabled_for_insights === false && account.insightsEnabled) {
    return refuseCloud(200006, "Template insights cannot be disabled once they are enabled.");
  }
  account.name = change.name ?? account.name;
  account.timezoneId = change.timezone_id ?? account.timezoneId;
  account.insightsEnabled ||= change.is_enabled_for_insights === true;
  sim.ledger.record("account_updated", { waba_id: account.id, changed: KEYS.filter((key) => key in change) });
  return { success: true, id: account.id };
}
