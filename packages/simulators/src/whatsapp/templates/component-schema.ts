import { z } from "zod";
import { countParam, flagParam, jsonParam } from "../graph/json-param.ts";

/** One of the words, in whatever case it is written. */
export const upperCase = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.string().toUpperCase().pipe(z.enum(values));

const supportedApp = z.strictObject({ package_name: z.string(), signature_hash: z.string() });

const button = z.strictObject({
  type: upperCase([
    "QUICK_REPLY",
    "URL",
    "PHONE_NUMBER",
    "COPY_CODE",
    "OTP",
    "FLOW",
    "CATALOG",
    "MPM",
    "SPM",
    "VOICE_CALL",
    "REQUEST_CONTACT_INFO",
    "ORDER_DETAILS",
  ]),
  text: z.string().optional(),
  url: z.string().optional(),
  phone_number: z.string().optional(),
  example: z.union([z.string(), z.array(z.string())]).optional(),
  otp_type: upperCase(["COPY_CODE", "ONE_TAP", "ZERO_TAP"]).optional(),
  autofill_text: z.string().optional(),
  zero_tap_terms_accepted: flagParam.optional(),
  supported_apps: z.array(supportedApp).optional(),
  package_name: z.string().optional(),
  signature_hash: z.string().optional(),
  flow_id: z.coerce.string<string | number>().optional(),
  flow_name: z.string().optional(),
  flow_json: z.string().optional(),
  flow_action: z
    .string()
    .toLowerCase()
    .pipe(z.enum(["navigate", "data_exchange"]))
    .optional(),
  navigate_screen: z.string().optional(),
  icon: z.string().optional(),
  ttl_minutes: countParam.optional(),
});

const limitedTimeOffer = z.strictObject({ text: z.string(), has_expiration: flagParam.default(false) });

const plainComponent = {
  format: upperCase(["TEXT", "IMAGE", "VIDEO", "GIF", "DOCUMENT", "LOCATION", "PRODUCT"]).optional(),
  text: z.string().optional(),
  example: z.record(z.string(), z.unknown()).optional(),
  buttons: z.array(button).optional(),
  add_security_recommendation: flagParam.optional(),
  code_expiration_minutes: countParam.optional(),
  limited_time_offer: limitedTimeOffer.optional(),
};

const cardComponent = z.strictObject({
  type: upperCase(["HEADER", "BODY", "BUTTONS"]),
  format: plainComponent.format,
  text: plainComponent.text,
  example: plainComponent.example,
  buttons: plainComponent.buttons,
});

const component = z.strictObject({
  type: upperCase(["HEADER", "BODY", "FOOTER", "BUTTONS", "LIMITED_TIME_OFFER", "CAROUSEL", "CALL_PERMISSION_REQUEST"]),
  ...plainComponent,
  cards: z.array(z.strictObject({ components: z.array(cardComponent).min(1) })).optional(),
});

/** The components of a creation or an edit, checked for their shape alone. */
export const componentsSchema = jsonParam(z.array(component).min(1));

export type RawComponent = z.infer<typeof component>;
export type RawButton = z.infer<typeof button>;
