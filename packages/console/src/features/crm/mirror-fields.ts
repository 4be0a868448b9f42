import type { CrmName } from "@aparte/core/crm-record.ts";

/** What the mirror tells, in the order in which the CRM shows it. */
export const mirrorFacts = ["consent", "since", "source", "last_contact"] as const;
export type MirrorFact = (typeof mirrorFacts)[number];

/** The fields that the mirror creates, by the names that lists and reports in the CRM are built on. */
export const mirrorFields: Readonly<Record<CrmName, Readonly<Record<MirrorFact, string>>>> = {
  hubspot: {
    consent: "wa_consent_status",
    since: "wa_consent_at",
    source: "wa_consent_source",
    last_contact: "wa_last_contact_at",
  },
  salesforce: {
    consent: "WA_Consent_Status__c",
    since: "WA_Consent_At__c",
    source: "WA_Consent_Source__c",
    last_contact: "WA_Last_Contact__c",
  },
};
