import { z } from "zod";

const positive = z.int().positive();

/** What a test or a person can set in this portal, through `/_sim/behaviour`. */
const behaviourSchema = z.strictObject({
  /** Whether communications may have custom properties with unique values: not known of the real service. */
  allow_unique_properties: z.boolean(),
  /** Whether the consent page approves by itself. */
  auto_approve: z.boolean(),
  /** The app's registered redirect URIs; null: every address of this machine. */
  redirect_uris: z.array(z.url()).nullable(),
  /** Scopes of the private app's token; null: all. */
  private_app_scopes: z.array(z.string()).nullable(),
  /** Properties that an admin wants on new records, by type: since September 2026 the API is held to that as well. */
  required_properties: z.record(z.string(), z.array(z.string())),
  /** How long a write takes to show up in search. */
  search_lag_ms: z.int().nonnegative(),
  /** How much longer it may take, by chance: later changes then show before earlier ones. */
  search_jitter_ms: z.int().nonnegative(),
  /** Calls in 10 s: of a private app in a Professional portal, and of a marketplace app. */
  private_app_burst: positive,
  oauth_app_burst: positive,
  /** Calls in a day of a private app in a Professional portal. Marketplace apps have no such limit. */
  daily_limit: positive,
  search_per_second: positive,
});

export type Behaviour = z.infer<typeof behaviourSchema>;

/** A change of some settings; the others stay. */
export const behaviourChangeSchema = behaviourSchema.partial();

export const DEFAULT_BEHAVIOUR: Behaviour = {
  allow_unique_properties: true,
  auto_approve: false,
  redirect_uris: null,
  private_app_scopes: null,
  required_properties: {},
  search_lag_ms: 2_000,
  search_jitter_ms: 0,
  private_app_burst: 190,
  oauth_app_burst: 110,
  daily_limit: 625_000,
  search_per_second: 5,
};
