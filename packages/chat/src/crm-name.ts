import type { CrmName } from "@aparte/core/crm-record.ts";
import type { RecordView } from "@aparte/core/record-view.ts";

/** The names that the CRMs give themselves; they are the same in every language. */
export const crmTitles: Readonly<Record<CrmName, string>> = { hubspot: "HubSpot", salesforce: "Salesforce" };

/** The name of the CRM that a view speaks of; "CRM" where it speaks of none. */
export function crmNameOf(view: RecordView | null): string {
  const holder = view?.state === "ready" ? view.match?.holder : null;
  const record = view?.record ?? holder;
  return record ? crmTitles[record.ref.crm] : "CRM";
}
