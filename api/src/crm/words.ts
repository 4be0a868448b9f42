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
    messageTitle: ({ contact, direction }) => words.t("crm.log.message_title", { contact, direction }),
    consentTitle: ({ contact, action, purposes }) => words.t("crm.log.consent_title", { contact, action, purposes }),
    purpose: (purpose) => words.t("crm.log.purpose", { purpose }),
    method: (method) => words.t("crm.log.method", { method }),
    consentLabels: {
      when: words.t("crm.log.consent_when"),
      how: words.t("crm.log.consent_how"),
      wording: words.t("crm.log.consent_wording"),
      recordedBy: words.t("crm.log.consent_recorded_by"),
    },
    restLeftOut: words.t("crm.log.rest_left_out"),
    notDelivered: words.t("crm.log.not_delivered"),
    unconfirmed: words.t("crm.log.unconfirmed"),
    earlierLeftOut: ({ count }) => words.t("crm.log.earlier_left_out", { count }),
  };
}
