import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { MatchView } from "@aparte/core/crm-match.ts";
import type { Words } from "@aparte/i18n/i18n.ts";
import { crmTitles } from "../crm-name.ts";

/** What a record is called where it lives: "HubSpot contact", "Salesforce account". */
export function kindOf({ crm, type }: CrmRecordRef, { t }: Words): string {
  return t(`sites.${crm}_${type}`);
}

/** Whose number it is, in one line: "Mobile phone of Ada Example · HubSpot contact". */
export function personLine(match: MatchView | null, words: Words): string {
  if (match === null) return words.t("people.line_none");
  const { holder, field } = match;
  const kind = kindOf(holder.ref, words);
  if (field === null) return words.t("people.line", { name: holder.name, kind });
  return words.t("people.line_field", { field: fieldName(field), name: holder.name, kind });
}

/** "Contact › Mobile phone" stands beside the contact's name: the object is said already. */
function fieldName(label: string): string {
  return label.split(" › ").at(-1) ?? label;
}

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
