import { z } from "zod";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import { challenge } from "../webhooks/challenge.ts";

const overrideSchema = z.looseObject({
  override_callback_uri: z.string().max(200).optional(),
  verify_token: z.string().optional(),
});

/** `GET /{WABA}/subscribed_apps`: the apps that hear of the account, with the callback that overrides their own. */
export function listSubscribed(sim: Sim, _call: Call, account: Account): object {
  return { data: [...account.subscribedApps.keys()].map((appId) => subscriptionOf(sim, account, appId)) };
}

/** `POST /{WABA}/subscribed_apps`: the calling app hears of the account; its callback is asked to prove itself. */
export async function subscribe(sim: Sim, call: Call, account: Account): Promise<Refusal | object> {
  const request = parseParam(overrideSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { override_callback_uri: override, verify_token } = request;
  const { app } = call.caller;
  if (override !== undefined) {
    if (verify_token === undefined) return refuseParameter("The parameter verify_token is required.");
    const refused = await challenge(override, verify_token);
    if (refused !== undefined) return refused;
  }
  account.subscribedApps.set(app.id, override === undefined ? {} : { overrideCallbackUri: override });
  sim.ledger.record("app_subscribed", {
    waba_id: account.id,
    app_id: app.id,
    ...(override === undefined ? {} : { override_callback_uri: override }),
  });
  return { success: true };
}

/** `DELETE /{WABA}/subscribed_apps`: the calling app no longer hears of the account. */
export function unsubscribe(sim: Sim, { caller }: Call, account: Account): object {
  account.subscribedApps.delete(caller.app.id);
  sim.ledger.record("app_unsubscribed", { waba_id: account.id, app_id: caller.app.id });
  return { success: true };
}

function subscriptionOf({ state }: Sim, account: Account, appId: string): object {
  const override = account.subscribedApps.get(appId)?.overrideCallbackUri;
  return {
    whatsapp_business_api_data: {
      id: appId,
      link: `https://www.facebook.com/games/?app_id=${appId}`,
      name: state.apps.get(appId)?.name ?? "",
    },
    ...(override === undefined ? {} : { override_callback_uri: override }),
  };
}
