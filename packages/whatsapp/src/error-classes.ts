import type { ErrorCode } from "@aparte/core/errors.ts";
import type { BackoffName } from "./backoff.ts";

/** Meta error codes that mean the same to us: a code, or a range from the first to the last. */
export type ErrorClass = {
  readonly ours: ErrorCode;
  readonly codes: readonly (number | readonly [first: number, last: number])[];
  /** Set when the same request is worth another try by machine. */
  readonly backoff?: BackoffName;
};

/**
 * Meta's error codes by what they mean for the sender (Cloud API, "Error codes"; Graph API, "Handling errors"; read in
 * September 2026). The table is data: a code stands in exactly one class.
 */
export const errorClasses: readonly ErrorClass[] = [
  // Token: missing, expired, wrong proof, or without the permission.
  { ours: "channels.token_invalid", codes: [0, 3, 10, 104, 190, [200, 299], 131005] },

  // Account: locked, restricted, unpaid, without an accepted contract.
  {
    ours: "channels.account_problem",
    codes: [368, 130497, 131031, 131042, 131044, 131063, 131064, 134011, 141002],
  },

  // Number: deleted, not registered, display name open, PIN, verification.
  {
    ours: "channels.unusable",
    codes: [33, 131037, 131045, 133005, 133006, 133008, 133009, 133010, 133015, 133016, 136024, 136025],
  },

  // Recipient.
  { ours: "messaging.window_closed", codes: [131047] },
  { ours: "consent.opted_out", codes: [131050] },
  { ours: "messaging.held_by_whatsapp", codes: [130472, 131049] },
  { ours: "messaging.undeliverable", codes: [130403, 131026, 131030, 137000] },
  { ours: "contacts.number_invalid", codes: [131021] },

  // File: Meta could not read it as what it was sent as.
  { ours: "media.type_refused", codes: [131053] },

  // Template.
  { ours: "templates.not_found", codes: [132001] },
  { ours: "templates.paused", codes: [132015] },
  { ours: "templates.not_approved", codes: [132007, 132016, 134101, 134102] },
  { ours: "templates.value_invalid", codes: [132005, 132018] },
  { ours: "templates.mismatch", codes: [132000, 132008, 132012] },

  // Too fast.
  { ours: "messaging.rate_limited", codes: [130429], backoff: "throughput" },
  { ours: "messaging.rate_limited", codes: [131056], backoff: "pair" },
  { ours: "messaging.rate_limited", codes: [4, 80007], backoff: "hourly" },
  { ours: "messaging.rate_limited", codes: [131048], backoff: "spam" },
  { ours: "messaging.rate_limited", codes: [132069] },

  // Meta's own trouble.
  { ours: "messaging.connection_failed", codes: [1, 2, 131000, 131016, 139102, 139103], backoff: "service" },
  { ours: "messaging.connection_failed", codes: [131057, 133000, 133004, 2494100], backoff: "maintenance" },

  // The rest says no for good: requests that Meta cannot read, and features that a message does not need.
  {
    ours: "messaging.refused_by_whatsapp",
    codes: [
      // requests
      100,
      2500,
      131008,
      131009,
      131051,
      131055,
      131059,
      131062,
      135000,
      // media and inbound placeholders
      131035,
      131052,
      131060,
      // groups
      131020,
      131041,
      [131201, 131204],
      [131207, 131215],
      // template management, direct send, insights
      132021,
      139200,
      [200005, 200007],
      2388001,
      2388019,
      2388024,
      2388039,
      2388040,
      2388047,
      2388072,
      2388073,
      2388293,
      2388299,
      2388318,
      2388330,
      // flows
      132068,
      [139000, 139004],
      // marketing messages API
      134100,
      1752041,
      // calling
      [138000, 138007],
      138009,
      [138012, 138015],
      [138017, 138022],
      // block list, usernames
      139100,
      139101,
      [147001, 147005],
      // migration, coexistence
      2388012,
      2388091,
      2388093,
      2388103,
      [2593107, 2593109],
    ],
  },
];

/** The codes of a class, ranges written out. */
export function codesOf({ codes }: ErrorClass): number[] {
  return codes.flatMap((code) => {
    if (typeof code === "number") return [code];
    const [first, last] = code;
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
