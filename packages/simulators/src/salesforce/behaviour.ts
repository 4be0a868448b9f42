import { z } from "zod";

const positive = z.int().positive();

/** What a test or a person can set in this org, through `/_sim/behaviour`. */
const behaviourSchema = z.strictObject({
  /** Whether the package with WA_Conversation__c and WA_Message__c is installed. */
  package_installed: z.boolean(),
  /** Whether Data Protection and Privacy is on, with Individual and the consent objects. */
  data_protection: z.boolean(),
  /** Whether a person can be their own account. */
  person_accounts: z.boolean(),
  /** Whether a text field on Activity may be unique: not known of the real service. */
  allow_unique_activity_fields: z.boolean(),
  /** Whether the org's edition and settings let apps use the API. */
  api_enabled: z.boolean(),
  /** A rule of the org's own: no record of this object is saved without a value in this field. */
  validation_rule: z.strictObject({ object: z.string(), field: z.string(), message: z.string() }).nullable(),
  /** Whether the consent page approves by itself. */
  auto_approve: z.boolean(),
  /** The app's registered redirect URIs; null: every address of this machine. */
  redirect_uris: z.array(z.url()).nullable(),
  /** How long a session lasts from its token's issue. */
  session_ms: positive,
  /** Whether a refresh token works once and brings the next. */
  rotate_refresh_tokens: z.boolean(),
  /** Whether the app may speak as the integration user, by client id and secret alone. */
  allow_client_credentials: z.boolean(),
  /** The public key (PEM) of the certificate that the app has registered for signed assertions; null: none. */
  jwt_public_key: z.string().nullable(),
  /** Calls in any 24 hours of the whole org. */
  daily_api_requests: positive,
  /** What happens to a new contact or lead that looks like one that is there: nothing, a warning, or a refusal. */
  duplicate_rule: z.enum(["off", "alert", "block"]),
  /** What follows `api-usage` in `Sforce-Limit-Info`. */
  limit_info: z.enum(["usage", "bursts", "per_app"]),
  /** Calls that run longer than `long_call_ms`, at once. */
  concurrent_long_calls: positive,
  long_call_ms: z.int().nonnegative(),
  /** How long a write keeps the rows above it to itself; 0: other writes never meet it. */
  row_lock_ms: z.int().nonnegative(),
});

export type Behaviour = z.infer<typeof behaviourSchema>;

/** A change of some settings; the others stay. */
export const behaviourChangeSchema = behaviourSchema.partial();

export const DEFAULT_BEHAVIOUR: Behaviour = {
  package_installed: true,
  data_protection: true,
  person_accounts: true,
  allow_unique_activity_fields: true,
  api_enabled: true,
  validation_rule: null,
  auto_approve: false,
  redirect_uris: null,
  session_ms: 7_200_000,
  rotate_refresh_tokens: true,
  allow_client_credentials: true,
  jwt_public_key: null,
  daily_api_requests: 100_000,
  duplicate_rule: "off",
  limit_info: "usage",
  concurrent_long_calls: 25,
  long_call_ms: 20_000,
  row_lock_ms: 0,
};
