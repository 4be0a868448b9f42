import { readMessagingLimit } from "@aparte/core/messaging-limit.ts";
import type { Words } from "@aparte/i18n/i18n.ts";

/** Meta's word for a messaging limit as people say it: `TIER_2K` is "2,000 people a day". The word itself when it is not known. */
export function limitWords(word: string, { t, locale }: Words): string {
  const limit = readMessagingLimit(word);
  if (limit === null) return word;
  return limit === "unlimited"
    ? t("console.number.limit_none")
    : t("console.number.limit", { count: limit, people: new Intl.NumberFormat(locale).format(limit) });
}
