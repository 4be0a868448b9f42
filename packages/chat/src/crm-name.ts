import type { CrmName } from "@aparte/core/crm-record.ts";

/** The names that the CRMs give themselves; they are the same in every language. */
export const crmNames: Readonly<Record<CrmName, string>> = { hubspot: "HubSpot", salesforce: "Salesforce" };
