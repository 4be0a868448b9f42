import { z } from "zod";
import { jsonParam } from "../graph/json-param.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { announce } from "../webhooks/announce.ts";
import { challenge } from "../webhooks/challenge.ts";
import { pinSchema } from "./registration.ts";
import { claimUsername } from "./username.ts";

const changeSchema = z.looseObject({
  pin: pinSchema.optional(),
  new_display_name: z.string().min(2).max(75).optional(),
  search_visibility: z.enum(["VISIBLE", "NON_VISIBLE", "HIDDEN"]).optional(),
  connection_status: z.enum(["CONNECTED", "DISCONNECTED", "PENDING"]).optional(),
  username: z.string().optional(),
  webhook_url: z.url().optional(),
  webhook_configuration: jsonParam(
    z.looseObject({ override_callback_uri: z.string().max(200), verify_token: z.string().optional() }),
  ).optional(),
  whatsapp_business_api_data: jsonParam(
    z.looseObject({
      pin: pinSchema.optional(),
      show_security_notifications: z.boolean().optional(),
      notify_user_change_number: z.boolean().optional(),
    }),
  ).optional(),
});
type Change = z.infer<typeof changeSchema>;

const KEYS = Object.keys(changeSchema.shape);

/**
 * `POST /{PNID}`: the two-step PIN, a new display name (reviewed, told by webhook), a callback of its own (checked by
 * its challenge, "" to clear), search visibility, username. At least one of them must be given.
 */
export async function changeNumber(sim: Sim, call: Call, number: BusinessNumber): Promise<Refusal | object> {
  const change = parseParam(changeSchema, call.params, "");
  if (change instanceof Refusal) return change;
  if (!KEYS.some((key) => key in change))
    return refuseParameter(`One of the parameters ${KEYS.join(", ")} is required.`);
  const refused = (await setCallback(call, number, change)) ?? takeUsername(sim, number, change);
  if (refused !== undefined) return refused;
  const pin = change.pin ?? change.whatsapp_business_api_data?.pin;
  if (pin !== undefined) await setPin(sim, number, pin);
  if (change.new_display_name !== undefined) await submitName(sim, number, change.new_display_name);
  if (change.search_visibility !== undefined) {
    number.searchVisibility = change.search_visibility === "VISIBLE" ? "VISIBLE" : "NON_VISIBLE";
  }
  sim.ledger.record("number_changed", { phone_number_id: number.id, changed: KEYS.filter((key) => key in change) });
  return { success: true };
}

async function setCallback({ caller }: Call, number: BusinessNumber, change: Change): Promise<Refusal | undefined> {
  const { webhook_configuration: configuration } = change;
  if (configuration === undefined) return undefined;
  const { override_callback_uri: callback, verify_token: token } = configuration;
  if (callback === "") {
    number.callbackOverrides.delete(caller.app.id);
    return undefined;
  }
  if (token === undefined) return refuseParameter("The parameter webhook_configuration['verify_token'] is required.");
  const refused = await challenge(callback, token);
  if (refused === undefined) number.callbackOverrides.set(caller.app.id, callback);
  return refused;
}

function takeUsername(sim: Sim, number: BusinessNumber, { username }: Change): Refusal | undefined {
  return username === undefined ? undefined : claimUsername(sim, number, username);
}

/** Sets the two-step PIN of a number and tells the apps (`security`). */
export async function setPin(sim: Sim, number: BusinessNumber, pin: string): Promise<void> {
  number.pin = pin;
  await announce(sim, number.accountId, "security", {
    display_phone_number: number.digits,
    event: "PIN_CHANGED",
    requester: number.accountId,
  });
}

/** A display name is reviewed; one that says nothing of a business is declined (Meta: display name guidelines). */
async function submitName(sim: Sim, number: BusinessNumber, name: string): Promise<void> {
  number.newName = { name, status: "PENDING_REVIEW" };
  sim.clock.after(sim.reviewMs, async () => {
    if (number.newName?.name !== name || !sim.state.numbers.has(number.id)) return;
    const isGood = /\p{L}/u.test(name) && !/^\p{Lu}+$|https?:|[@#!?*]{2,}/u.test(name);
    if (isGood) {
      Object.assign(number, { verifiedName: name, nameStatus: "APPROVED", newName: undefined });
    } else {
      number.newName = { name, status: "DECLINED" };
    }
    await announce(sim, number.accountId, "phone_number_name_update", {
      display_phone_number: number.digits,
      decision: isGood ? "APPROVED" : "REJECTED",
      requested_verified_name: name,
      rejection_reason: isGood ? null : "NAME_NOT_CONSISTENT",
    });
  });
}
