import type { ConsentMethod } from "@aparte/core/consent.ts";
import { loadWords } from "@aparte/i18n/i18n.ts";

/** The language of fields in the CRM, as of entries: many people read the same record. */
const locale = "en";

/** How consent was given or withdrawn, in plain words for a field of the CRM. */
export async function mirrorWords(): Promise<(method: ConsentMethod) => string> {
  const { t } = await loadWords(locale);
  return (method) => t("crm.mirror.source", { method });
}
