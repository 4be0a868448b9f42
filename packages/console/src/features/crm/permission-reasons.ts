import type { CrmName } from "@aparte/core/crm-record.ts";

/** Why we ask each CRM for each right, most telling first; the words stand under `crm.permission.*`. */
export const permissionReasons = {
  hubspot: [
    "read_contacts",
    "write_log",
    "read_companies",
    "read_deals",
    "read_tickets",
    "read_owners",
    "read_fields",
    "create_log_key",
    "sign_in",
  ],
  salesforce: ["use_as_person", "stay_connected", "sign_in"],
} as const satisfies Readonly<Record<CrmName, readonly string[]>>;
