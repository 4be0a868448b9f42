import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { MatchView } from "@aparte/core/crm-match.ts";
import type { Words } from "@aparte/i18n/i18n.ts";

/** What a record is called where it lives: "HubSpot contact", "Salesforce account". */
export function kindOf({ crm, type }: CrmRecordRef, { t }: Words): string {
  return t(`sites.${crm}_${type}`);
}

/** Whose number it is, in one line: "Mobile phone of Ada Example · HubSpot contact". */
export function personLine(match: MatchView | null, words: Words): string {
  if (match === null) return words.t("person.line_none");
  const { holder, field } = match;
  const kind = kindOf(holder.ref, words);
  if (field === null) return words.t("person.line", { name: holder.name, kind });
  return words.t("person.line_field", { field: fieldName(field), name: holder.name, kind });
}

/** "Contact › Mobile phone" stands beside the contact's name: the object is said already. */
export function fieldName(label: string): string {
  return label.split(" › ").at(-1) ?? label;
}
