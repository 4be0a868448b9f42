import type { CrmName } from "@aparte/core/crm-record.ts";
import type { CrmAdapter, CrmApp } from "./adapter.ts";
import { hubspotAdapter } from "./hubspot/adapter.ts";
import { salesforceAdapter } from "./salesforce/adapter.ts";

/** Every CRM that we can speak to: one line each. */
const adapters: Readonly<Record<CrmName, (app: CrmApp) => CrmAdapter>> = {
  hubspot: hubspotAdapter,
  salesforce: salesforceAdapter,
};

/** The adapter of a CRM for the app registered there. */
export function crmAdapter(name: CrmName, app: CrmApp): CrmAdapter {
  return adapters[name](app);
}
