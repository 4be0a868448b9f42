/** To how many people a business may write first within 24 hours. */
export type MessagingLimit = number | "unlimited";

/**
 * Reads Meta's word for a messaging limit: `TIER_250`, `TIER_2K`, `TIER_UNLIMITED`, a plain number, or -1 for none (Meta,
 * "Messaging limits" and the webhook `business_capability_update`). Null for a word that is not known.
 */
export function readMessagingLimit(word: string): MessagingLimit | null {
  if (word === "-1" || word === "TIER_UNLIMITED") return "unlimited";
  const [, digits, thousands] = /^(?:TIER_)?(\d{1,9})(K?)$/.exec(word) ?? [];
  return digits === undefined ? null : Number(digits) * (thousands === "K" ? 1000 : 1);
}
