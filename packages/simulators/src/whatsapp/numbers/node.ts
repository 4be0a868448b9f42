import { parsePhoneNumberFromString } from "libphonenumber-js";
import { healthOf } from "../accounts/health.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { countryOf } from "../people/directory.ts";
import { botNode } from "./automation.ts";

/** Shown of a phone number when no `fields` are asked for. */
export const NUMBER_DEFAULTS = [
  "verified_name",
  "code_verification_status",
  "display_phone_number",
  "quality_rating",
  "platform_type",
  "throughput",
  "status",
  "last_onboarded_time",
  "webhook_configuration",
];

/** Everything that `fields` can ask of a phone number. */
export function numberNode(sim: Sim, number: BusinessNumber): Record<string, unknown> {
  const account = sim.state.accounts.get(number.accountId);
  const tier = sim.state.portfolios.get(account?.businessId ?? "")?.tier;
  return {
    id: number.id,
    display_phone_number: number.displayPhoneNumber,
    ...nameFields(number),
    ...stateFields(sim, number),
    quality_rating: number.qualityRating,
    quality_score: { score: number.qualityRating },
    throughput: { level: number.registered ? number.throughput : "NOT_APPLICABLE" },
    whatsapp_business_manager_messaging_limit: tier,
    messaging_limit_tier: tier === "TIER_2K" ? "TIER_1K" : tier,
    platform_type: number.registered ? "CLOUD_API" : "NOT_APPLICABLE",
    host_platform: number.registered ? "CLOUD_API" : "NOT_APPLICABLE",
    account_mode: number.allowedRecipients === undefined ? "LIVE" : "SANDBOX",
    is_official_business_account: number.official?.status === "APPROVED",
    is_on_biz_app: number.coexistence,
    country_code: countryOf(number.digits),
    country_dial_code: parsePhoneNumberFromString(`+${number.digits}`)?.countryCallingCode,
    search_visibility: number.searchVisibility,
    username: number.username?.name,
    conversational_automation: botNode(number),
    webhook_configuration: webhooksOf(sim, number),
    health_status: account && healthOf(account, { number }),
    whatsapp_business_account: account && { id: account.id, name: account.name },
    creation_time: Math.floor(number.createdAt / 1000),
    last_onboarded_time:
      number.onboardedAt === undefined
        ? undefined
        : new Date(number.onboardedAt).toISOString().replace(/\.\d+Z/u, "+0000"),
  };
}

function nameFields({ verifiedName, nameStatus, newName }: BusinessNumber): Record<string, unknown> {
  return {
    verified_name: verifiedName,
    name_status: nameStatus,
    new_display_name: newName?.name,
    new_name_status: newName?.status ?? "NONE",
    unified_cert_status: nameStatus,
    certificate: nameStatus === "APPROVED" ? Buffer.from(`certificate:${verifiedName}`).toString("base64") : undefined,
  };
}

function stateFields(sim: Sim, number: BusinessNumber): Record<string, unknown> {
  const isLocked = sim.state.accounts.get(number.accountId)?.locked === true;
  const connected = number.verification === "VERIFIED" ? "CONNECTED" : "DISCONNECTED";
  const flagged = number.qualityRating === "RED" ? "FLAGGED" : connected;
  return {
    status: isLocked ? "RESTRICTED" : number.registered ? flagged : "PENDING",
    code_verification_status: number.verification,
    is_pin_enabled: number.pin !== "",
  };
}

/** The callbacks of the calling business: the number's before the account's before the app's. */
function webhooksOf({ state }: Sim, { accountId, callbackOverrides }: BusinessNumber): Record<string, string> {
  const account = state.accounts.get(accountId);
  const appId = account?.appId ?? "";
  const callbacks = {
    phone_number: callbackOverrides.get(appId),
    whatsapp_business_account: account?.subscribedApps.get(appId)?.overrideCallbackUri,
    application: state.apps.get(appId)?.subscription.callbackUrl,
  };
  const set = Object.entries(callbacks).flatMap(([level, url]) => (url === undefined ? [] : [[level, url] as const]));
  return Object.fromEntries(set);
}
