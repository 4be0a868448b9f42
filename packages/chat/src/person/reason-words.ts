import type { MatchView } from "@aparte/core/crm-match.ts";
import type { Words } from "@aparte/i18n/i18n.ts";
import { crmTitles } from "../crm-name.ts";
import { fieldName } from "./person-words.ts";

/** Why the person stands beside the record, in one sentence. */
export function reasonWords(match: MatchView | null, { t }: Words): string {
  if (match === null) return t("people.why_none");
  const { holder, reason, field, chosenBy } = match;
  const { name } = holder;
  switch (reason) {
    case "field":
      return t("people.why_field", { field: fieldName(field ?? ""), name });
    case "whatsapp_id":
      return t("people.why_whatsapp_id", { crm: crmTitles[holder.ref.crm], name });
    case "chosen":
      return t("people.why_chosen", { colleague: chosenBy ?? "", name });
    case "merged":
      return t("people.why_merged", { name });
    case "only_match":
      return t("people.why_only_match", { name });
  }
}
