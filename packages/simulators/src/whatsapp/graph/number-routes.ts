import { z } from "zod";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { selectFields } from "./listing.ts";
import { parseParam } from "./params.ts";
import { Refusal, refuseCloud } from "./refusal.ts";
import type { Call, Route } from "./route.ts";

/** Shown of a phone number when no `fields` are asked for. */
export const NUMBER_DEFAULTS = [
  "verified_name",
  "code_verification_status",
  "display_phone_number",
  "quality_rating",
  "platform_type",
  "throughput",
];

const REGISTRATIONS = 10;
const REGISTRATION_PERIOD_MS = 72 * 3_600_000;

const VERTICALS = [
  "ALCOHOL",
  "APPAREL",
  "AUTO",
  "BEAUTY",
  "EDU",
  "ENTERTAIN",
  "EVENT_PLAN",
  "FINANCE",
  "GOVT",
  "GROCERY",
  "HEALTH",
  "HOTEL",
  "NONPROFIT",
  "ONLINE_GAMBLING",
  "OTC_DRUGS",
  "OTHER",
  "PHYSICAL_GAMBLING",
  "PROF_SERVICES",
  "RESTAURANT",
  "RETAIL",
  "TRAVEL",
] as const;

const profileSchema = z.strictObject({
  messaging_product: z.literal("whatsapp"),
  about: z.string().min(1).max(139).optional(),
  address: z.string().max(256).optional(),
  description: z.string().max(512).optional(),
  email: z.string().max(128).optional(),
  vertical: z.enum(VERTICALS).optional(),
  websites: z
    .array(
      z
        .string()
        .max(256)
        .refine((url) => /^https?:\/\//u.test(url), "must begin with http:// or https://"),
    )
    .max(2)
    .optional(),
});

const registerSchema = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  pin: z.string().regex(/^\d{6}$/u, "must be 6 digits"),
  data_localization_region: z
    .enum(["AU", "ID", "IN", "JP", "SG", "KR", "DE", "CH", "GB", "BR", "BH", "ZA", "AE", "CA"])
    .optional(),
});

/** What can be asked of a business phone number beside sending. */
export const numberRoutes: readonly Route<BusinessNumber>[] = [
  {
    method: "GET",
    edge: "",
    needs: "whatsapp_business_management",
    handle: (_sim, call, number) => selectFields(call, numberNode(number), NUMBER_DEFAULTS),
  },
  { method: "POST", edge: "register", needs: "whatsapp_business_management", handle: register },
  {
    method: "GET",
    edge: "whatsapp_business_profile",
    needs: "whatsapp_business_messaging",
    handle: (_sim, call, number) => readProfile(call, number),
  },
  { method: "POST", edge: "whatsapp_business_profile", needs: "whatsapp_business_messaging", handle: writeProfile },
];

/** Everything that `fields` can ask of a phone number. */
export function numberNode(number: BusinessNumber): Record<string, unknown> {
  return {
    id: number.id,
    verified_name: number.verifiedName,
    display_phone_number: number.displayPhoneNumber,
    quality_rating: number.qualityRating,
    quality_score: { score: number.qualityRating },
    code_verification_status: "VERIFIED",
    name_status: number.nameStatus,
    new_name_status: "NONE",
    status: number.registered ? "CONNECTED" : "PENDING",
    throughput: { level: number.throughput },
    whatsapp_business_manager_messaging_limit: "TIER_2K",
    messaging_limit_tier: "TIER_2K",
    platform_type: number.registered ? "CLOUD_API" : "NOT_APPLICABLE",
    account_mode: number.allowedRecipients === undefined ? "LIVE" : "SANDBOX",
    is_official_business_account: false,
    is_pin_enabled: number.registered,
    health_status: {
      can_send_message: number.registered ? "AVAILABLE" : "BLOCKED",
      entities: [
        {
          entity_type: "PHONE_NUMBER",
          id: number.id,
          can_send_message: number.registered ? "AVAILABLE" : "BLOCKED",
          ...(number.registered
            ? {}
            : {
                errors: [
                  {
                    error_code: 133010,
                    error_description: "The phone number is not registered.",
                    possible_solution: "Register the phone number before sending messages.",
                  },
                ],
              }),
        },
      ],
    },
  };
}

function register(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const request = parseParam(registerSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const now = sim.clock.now();
  number.registrations = number.registrations.filter((at) => now - at < REGISTRATION_PERIOD_MS);
  if (number.registrations.length >= REGISTRATIONS) {
    return refuseCloud(133016, "Too many attempts to register this phone number, try again later");
  }
  number.registrations.push(now);
  if (request.pin !== number.pin) return refuseCloud(133005, "The PIN does not match the one of this phone number");
  number.registered = true;
  sim.ledger.record("number_registered", { phone_number_id: number.id });
  return { success: true };
}

function readProfile(call: Call, number: BusinessNumber): Refusal | object {
  const profile = {
    about: number.profile.about,
    address: number.profile.address,
    description: number.profile.description,
    email: number.profile.email,
    profile_picture_url: number.profile.profile_picture_url,
    websites: number.profile.websites,
    vertical: number.profile.vertical,
  };
  const selected = selectFields(call, profile, ["about"]);
  if (selected instanceof Refusal) return selected;
  const { id: _id, ...fields } = selected;
  return { data: [{ ...fields, messaging_product: "whatsapp" }] };
}

function writeProfile(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const request = parseParam(profileSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { messaging_product: _product, ...given } = request;
  const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  number.profile = { ...number.profile, ...changes };
  sim.ledger.record("profile_updated", { phone_number_id: number.id, profile: changes });
  return { success: true };
}
