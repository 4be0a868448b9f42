import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import { analyticsOf, pricingAnalyticsOf } from "./analytics.ts";
import { healthOf } from "./health.ts";

/** Shown of an account when no `fields` are asked for. */
export const ACCOUNT_DEFAULTS = ["name", "timezone_id", "message_template_namespace"];

/** Everything that `fields` can ask of an account; figures are counted when they are asked for. */
export function accountNode(sim: Sim, call: Call, account: Account): Record<string, unknown> {
  const portfolio = sim.state.portfolios.get(account.businessId);
  const status = account.locked ? "RESTRICTED" : "ACTIVE";
  return {
    id: account.id,
    name: account.name,
    currency: account.currency,
    timezone_id: account.timezoneId,
    country: account.country,
    message_template_namespace: `ns_${account.id}`,
    account_review_status: "APPROVED",
    business_verification_status: account.verified ? "VERIFIED" : "UNVERIFIED",
    ownership_type: "SELF_OWNED",
    primary_business_location: account.country,
    status,
    owner_business: { id: account.businessId, name: account.name },
    owner_business_info: { id: account.businessId, name: account.name },
    on_behalf_of_business_info: { id: account.businessId, name: account.name },
    primary_funding_id: account.hasPaymentMethod ? `7${account.id}` : undefined,
    purchase_order_number: undefined,
    is_enabled_for_insights: account.insightsEnabled,
    marketing_messages_lite_api_status: "ELIGIBLE",
    marketing_messages_onboarding_status: "ELIGIBLE",
    whatsapp_business_manager_messaging_limit: portfolio?.tier,
    health_status: healthOf(account),
    analytics: analyticsOf(sim, call, account),
    pricing_analytics: pricingAnalyticsOf(sim, call, account),
  };
}
