import { z } from "zod";
import { health, type Health } from "./health.ts";
import { phoneNumberFields, readPhoneNumber, type MetaPhoneNumber } from "./phone-number.ts";
import { detail, word } from "./wire.ts";

/** Everything that Meta tells of a number. Null: not told. */
export type NumberFacts = MetaPhoneNumber & {
  /** APPROVED, PENDING_REVIEW, DECLINED, EXPIRED, AVAILABLE_WITHOUT_REVIEW, NONE. */
  readonly nameStatus: string | null;
  /** A name that waits for Meta's decision, and how that stands. */
  readonly newName: string | null;
  readonly newNameStatus: string | null;
  /** VERIFIED, NOT_VERIFIED, EXPIRED: whether the number answered to its code. */
  readonly codeVerification: string | null;
  /** STANDARD (80 messages a second), HIGH (1,000), NOT_APPLICABLE. */
  readonly throughput: string | null;
  readonly messagingLimit: string | null;
  readonly pinEnabled: boolean | null;
  /** CLOUD_API, ON_PREMISE, NOT_APPLICABLE. */
  readonly platform: string | null;
  /** LIVE or SANDBOX. */
  readonly mode: string | null;
  readonly official: boolean | null;
  /** Where webhooks of this number go, the most special address first. */
  readonly callbacks: { readonly number: string | null; readonly account: string | null; readonly app: string | null };
  readonly health: Health | null;
};

/** The fields to ask a number for. */
export const numberFields = [
  phoneNumberFields,
  "name_status",
  "new_display_name",
  "new_name_status",
  "code_verification_status",
  "throughput",
  "whatsapp_business_manager_messaging_limit",
  "is_pin_enabled",
  "platform_type",
  "account_mode",
  "is_official_business_account",
  "webhook_configuration",
  "health_status",
].join(",");

const address = detail(z.string().max(2048));
const facts = z.object({
  name_status: detail(word),
  new_display_name: detail(word),
  new_name_status: detail(word),
  code_verification_status: detail(word),
  throughput: detail(z.object({ level: word })),
  whatsapp_business_manager_messaging_limit: detail(word),
  is_pin_enabled: detail(z.boolean()),
  platform_type: detail(word),
  account_mode: detail(word),
  is_official_business_account: detail(z.boolean()),
  webhook_configuration: detail(
    z.object({ phone_number: address, whatsapp_business_account: address, application: address }),
  ),
  health_status: detail(health),
});

/** Reads a phone number object; null when it names no number. */
export function readNumberFacts(json: unknown): NumberFacts | null {
  const number = readPhoneNumber(json);
  const parsed = facts.safeParse(json);
  if (number === null || !parsed.success) return null;
  const wire = parsed.data;
  return {
    ...number,
    nameStatus: wire.name_status,
    newName: wire.new_display_name,
    newNameStatus: wire.new_name_status === "NONE" ? null : wire.new_name_status,
    codeVerification: wire.code_verification_status,
    throughput: wire.throughput?.level ?? null,
    messagingLimit: wire.whatsapp_business_manager_messaging_limit,
    pinEnabled: wire.is_pin_enabled,
    platform: wire.platform_type,
    mode: wire.account_mode,
    official: wire.is_official_business_account,
    callbacks: {
      number: wire.webhook_configuration?.phone_number ?? null,
      account: wire.webhook_configuration?.whatsapp_business_account ?? null,
      app: wire.webhook_configuration?.application ?? null,
    },
    health: wire.health_status,
  };
}
