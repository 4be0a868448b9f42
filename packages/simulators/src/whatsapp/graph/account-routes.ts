import { z } from "zod";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import { challenge } from "../webhooks/challenge.ts";
import { NUMBER_DEFAULTS, numberNode } from "../numbers/node.ts";
import { pageOf, selectFields } from "./listing.ts";
import { parseParam } from "./params.ts";
import { Refusal, refuseParameter } from "./refusal.ts";
import type { Call, Route } from "./route.ts";
import { accountTemplateRoutes } from "./template-routes.ts";

const overrideSchema = z.looseObject({
  override_callback_uri: z.string().max(200).optional(),
  verify_token: z.string().optional(),
});

const DEFAULTS = ["name", "timezone_id", "message_template_namespace"];

/** What can be asked of a WhatsApp Business account. */
export const accountRoutes: readonly Route<Account>[] = [
  {
    method: "GET",
    edge: "",
    needs: "whatsapp_business_management",
    handle: (_sim, call, account) => selectFields(call, accountNode(account), DEFAULTS),
  },
  {
    method: "GET",
    edge: "phone_numbers",
    needs: "whatsapp_business_management",
    handle: (sim, call, account) =>
      pageOf(
        call,
        account.numbers.map((number) => numberNode(sim, number)),
        NUMBER_DEFAULTS,
      ),
  },
  {
    method: "GET",
    edge: "subscribed_apps",
    needs: "whatsapp_business_management",
    handle: (sim, _call, account) => ({
      data: [...account.subscribedApps].map(([appId, { overrideCallbackUri }]) => ({
        whatsapp_business_api_data: {
          id: appId,
          link: `https://www.facebook.com/games/?app_id=${appId}`,
          name: sim.state.apps.get(appId)?.name ?? "",
        },
        ...(overrideCallbackUri === undefined ? {} : { override_callback_uri: overrideCallbackUri }),
      })),
    }),
  },
  { method: "POST", edge: "subscribed_apps", needs: "whatsapp_business_management", handle: subscribe },
  {
    method: "DELETE",
    edge: "subscribed_apps",
    needs: "whatsapp_business_management",
    handle: (sim, { caller }, account) => {
      account.subscribedApps.delete(caller.app.id);
      sim.ledger.record("app_unsubscribed", { waba_id: account.id, app_id: caller.app.id });
      return { success: true };
    },
  },
  ...accountTemplateRoutes,
];

async function subscribe(sim: Sim, { params, caller }: Call, account: Account): Promise<Refusal | object> {
  const request = parseParam(overrideSchema, params, "");
  if (request instanceof Refusal) return request;
  const { override_callback_uri: override, verify_token } = request;
  if (override !== undefined) {
    if (verify_token === undefined) return refuseParameter("The parameter verify_token is required.");
    const refused = await challenge(override, verify_token);
    if (refused !== undefined) return refused;
  }
  account.subscribedApps.set(caller.app.id, override === undefined ? {} : { overrideCallbackUri: override });
  sim.ledger.record("app_subscribed", {
    waba_id: account.id,
    app_id: caller.app.id,
    ...(override === undefined ? {} : { override_callback_uri: override }),
  });
  return { success: true };
}

function accountNode(account: Account): Record<string, unknown> {
  return {
    id: account.id,
    name: account.name,
    currency: account.currency,
    timezone_id: account.timezoneId,
    country: account.country,
    message_template_namespace: `ns_${account.id}`,
    account_review_status: "APPROVED",
    business_verification_status: "verified",
    ownership_type: "SELF",
    status: account.locked ? "RESTRICTED" : "ACTIVE",
    owner_business_info: { id: account.businessId, name: account.name },
    primary_funding_id: account.hasPaymentMethod ? `7${account.id}` : undefined,
    is_enabled_for_insights: false,
    whatsapp_business_manager_messaging_limit: "TIER_2K",
    health_status: {
      can_send_message: account.locked ? "BLOCKED" : "AVAILABLE",
      entities: [
        { entity_type: "WABA", id: account.id, can_send_message: account.locked ? "BLOCKED" : "AVAILABLE" },
        { entity_type: "BUSINESS", id: account.businessId, can_send_message: "AVAILABLE" },
        { entity_type: "APP", id: account.appId, can_send_message: "AVAILABLE" },
      ],
    },
  };
}
