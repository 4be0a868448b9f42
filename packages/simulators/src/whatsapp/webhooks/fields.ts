import { z } from "zod";
import { TEMPLATE_FIELDS } from "./template-fields.ts";
import { TRAFFIC_FIELDS } from "./traffic-fields.ts";

const words = z.string().min(1);
const optional = z.string().optional();
const int = z.int();
const digits = z.string().regex(/^\d+$/u, "must be digits");
const tier = z.union([int, z.string().regex(/^TIER_\w+$/u), z.literal("UNTIERED")]);

const restriction = z.looseObject({
  restriction_type: z.string().startsWith("RESTRICTED_"),
  expiration: int.optional(),
});
const wabaInfo = z.looseObject({ waba_id: digits, owner_business_id: digits });

/** What each event of `account_update` carries beside its name. */
const ACCOUNT_EVENTS = {
  ACCOUNT_VIOLATION: { violation_info: z.looseObject({ violation_type: words }) },
  ACCOUNT_RESTRICTION: { restriction_info: z.array(restriction).min(1) },
  DISABLED_UPDATE: {
    ban_info: z.looseObject({
      waba_ban_state: z.union([words, z.array(words)]),
      waba_ban_date: z.union([z.string(), int]).optional(),
    }),
  },
  ACCOUNT_DELETED: {},
  PARTNER_ADDED: { waba_info: wabaInfo },
  PARTNER_REMOVED: { waba_info: wabaInfo },
  PARTNER_APP_INSTALLED: { waba_info: wabaInfo },
  PARTNER_APP_UNINSTALLED: { waba_info: wabaInfo },
  PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE: {},
  BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE: { country: z.string().length(2) },
  AUTH_INTL_PRICE_ELIGIBILITY_UPDATE: {},
  VOLUME_BASED_PRICING_TIER_UPDATE: {
    volume_tier_info: z.looseObject({
      tier_update_time: int,
      pricing_category: words,
      tier: z.string().regex(/^\d+:\d*$/u),
      effective_month: words,
      region: words,
    }),
  },
  MM_LITE_TERMS_SIGNED: {},
  AD_ACCOUNT_LINKED: {},
  ACCOUNT_OFFBOARDED: {},
  ACCOUNT_RECONNECTED: {},
} satisfies Record<string, z.ZodRawShape>;

const accountUpdate = z.union(
  Object.entries(ACCOUNT_EVENTS).map(([event, shape]) => z.looseObject({ event: z.literal(event), ...shape })),
);

const ACCOUNT_FIELDS: Record<string, z.ZodType> = {
  account_update: accountUpdate,
  account_alerts: z.looseObject({
    entity_type: words,
    entity_id: z.union([digits, int]),
    alert_info: z.looseObject({
      alert_severity: z.enum(["CRITICAL", "WARNING", "INFORMATIONAL"]),
      alert_status: z.enum(["ACTIVE", "NONE"]),
      alert_type: words,
      alert_description: z.string(),
    }),
  }),
  account_review_update: z.looseObject({ decision: z.enum(["APPROVED", "REJECTED", "PENDING", "DEFERRED"]) }),
  business_capability_update: z.looseObject({
    max_daily_conversations_per_business: tier.optional(),
    max_daily_conversation_per_phone: tier.optional(),
    max_phone_numbers_per_business: int.optional(),
    max_phone_numbers_per_waba: int.optional(),
  }),
  phone_number_quality_update: z.looseObject({
    display_phone_number: digits,
    event: z.enum(["ONBOARDING", "THROUGHPUT_UPGRADE", "UPGRADE", "DOWNGRADE", "FLAGGED", "UNFLAGGED"]),
    current_limit: tier.optional(),
    old_limit: tier.optional(),
    max_daily_conversations_per_business: tier.optional(),
  }),
  phone_number_name_update: z.looseObject({
    display_phone_number: digits,
    decision: z.enum(["APPROVED", "REJECTED", "DEFERRED", "PENDING"]),
    requested_verified_name: words,
    rejection_reason: z.string().nullable(),
  }),
  security: z.looseObject({
    display_phone_number: digits,
    event: z.enum(["PIN_CHANGED", "PIN_RESET_REQUEST", "PIN_REQUEST_SUCCESS"]),
    requester: optional,
  }),
  business_username_updates: z.looseObject({
    display_phone_number: digits,
    username: words,
    status: z.enum(["approved", "reserved", "deleted"]),
  }),
  partner_solutions: z.looseObject({ event: words, solution_id: words }),
  payment_configuration_update: z.looseObject({ configuration_name: words }),
  flows: z.looseObject({ event: words, flow_id: words, message: optional }),
};

/** Every field of Meta's reference that an app can tick, with the shape of its value. */
export const FIELDS: Readonly<Record<string, z.ZodType>> = {
  ...TRAFFIC_FIELDS,
  ...TEMPLATE_FIELDS,
  ...ACCOUNT_FIELDS,
};

/** Whether a field tells of the traffic of a phone number; its value then begins with product and metadata. */
export function isTraffic(field: string): boolean {
  return field in TRAFFIC_FIELDS;
}
