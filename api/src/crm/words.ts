import type { LogWords } from "@aparte/crm/log-entry.ts";
import { loadWords } from "@aparte/i18n/i18n.ts";

/** The language of entries, for the whole workspace: many people read the same timeline. */
const locale = "en";

/** The words of an entry in the CRM, from the same catalogues as everything that people read. */
export async function logWords(): Promise<LogWords> {
  const words = await loadWords(locale);
  return {
    locale: words.locale,
    title: ({ contact, count, last }) => words.t("crm.log.title", { contact, count, last }),
    notDelivered: words.t("crm.log.not_delivered"),
    unconfirmed: words.t("crm.log.unconfirmed"),
    earlierLeftOut: ({ count }) => words.t("crm.log.earlier_left_out", { count }),
  };
}
