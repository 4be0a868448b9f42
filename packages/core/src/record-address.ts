import type { CrmName } from "./crm-record.ts";
import { hubspotAddress } from "./hubspot-address.ts";
import type { AddressForms } from "./page-address.ts";
import { salesforceAddress } from "./salesforce-address.ts";

/** A new CRM is one file beside this one and one line here. */
export const addressForms: Readonly<Record<CrmName, AddressForms>> = {
  hubspot: hubspotAddress,
  salesforce: salesforceAddress,
};
