import { z } from "zod";
import { sameRecord, type CrmRecordRef, type RecordType } from "./crm-record.ts";

/** What becomes an entry in the CRM: a session of a conversation, each message, or nothing. */
export const loggingModes = ["session", "message", "none"] as const;
export type LoggingMode = (typeof loggingModes)[number];

export const companyRules = ["none", "primary"] as const;

/** `opened`: those from whose page a colleague opened the conversation. `open`: those and all that are not closed yet. */
export const dealRules = ["none", "opened", "open"] as const;
export type DealRule = (typeof dealRules)[number];

/** How a connection writes to its CRM: chosen by an admin. */
export const crmSettings = z.strictObject({
  logging: z.enum(loggingModes),
  /** Whether a given or withdrawn consent gets an entry of its own, whatever is logged otherwise. */
  consentEntries: z.boolean(),
  /** On which records an entry stands besides the person's own. */
  company: z.enum(companyRules),
  deals: z.enum(dealRules),
  tickets: z.enum(dealRules),
});
export type CrmSettings = z.infer<typeof crmSettings>;

export const defaultCrmSettings: CrmSettings = {
  logging: "session",
  consentEntries: true,
  company: "primary",
  deals: "opened",
  tickets: "opened",
};

/** What was stored, perhaps by an older version that knew less. */
export function readCrmSettings(stored: unknown): CrmSettings {
  return crmSettings.parse({ ...defaultCrmSettings, ...crmSettings.partial().parse(stored) });
}

/** A record around a person's own ones. */
export type RelatedFact = {
  readonly ref: CrmRecordRef;
  readonly name: string;
  readonly isPrimary: boolean;
  /** Whether a deal or ticket is still open; null where the word means nothing. */
  readonly isOpen: boolean | null;
};

/** What the rules need to know about a person's records in one CRM account. */
export type RecordFacts = {
  /** The records that hold the person's number, the one that was linked first at the front. */
  readonly own: readonly CrmRecordRef[];
  /** The deals, tickets and companies from whose pages a colleague opened the conversation. */
  readonly opened: readonly CrmRecordRef[];
  readonly related: readonly RelatedFact[];
  /** Who is responsible for the first of `own` in the CRM. */
  readonly ownerId: string | null;
};

/** Why an entry stands on a record: the words stand in the catalogues under `crm.rule.<why>`. */
export const associationReasons = ["own", "primary_company", "opened", "open_deal", "open_ticket"] as const;
export type AssociationReason = (typeof associationReasons)[number];

export type Association = { readonly ref: CrmRecordRef; readonly why: AssociationReason };

/** An entry on more timelines than this helps nobody, and CRMs limit what one write may associate (HubSpot: 100). */
const maxAssociations = 30;

/**
 * The records on which an entry stands: the person's own first, then what somebody worked on, then what is open, then the
 * company: where a CRM has room for one only (Salesforce's WhatId), the first that fits is the best. None without an own one.
 */
export function associationsFor(
  rules: Pick<CrmSettings, "company" | "deals" | "tickets">,
  { own, opened, related }: RecordFacts,
): readonly Association[] {
  if (own.length === 0) return [];
  const ruleOf: Partial<Record<RecordType, DealRule>> = { deal: rules.deals, ticket: rules.tickets };
  const all: Association[] = [
    ...own.map((ref) => ({ ref, why: "own" as const })),
    ...opened.filter(({ type }) => (ruleOf[type] ?? "none") !== "none").map((ref) => ({ ref, why: "opened" as const })),
    ...related
      .filter(({ ref, isOpen }) => isOpen === true && ruleOf[ref.type] === "open")
      .map(({ ref }) => ({ ref, why: ref.type === "deal" ? ("open_deal" as const) : ("open_ticket" as const) })),
    ...related
      .filter(({ ref, isPrimary }) => ref.type === "company" && isPrimary && rules.company === "primary")
      .map(({ ref }) => ({ ref, why: "primary_company" as const })),
  ];
  const once = all.filter(({ ref }, index) => all.findIndex((other) => sameRecord(other.ref, ref)) === index);
  return once.slice(0, maxAssociations);
}

/** A connection's settings with what an admin should know before choosing. */
export type CrmSettingsView = { readonly connectionId: string; readonly settings: CrmSettings };

/** On which records an entry about this record's person would stand, and why. */
export type RulesTestView = {
  readonly associations: readonly {
    readonly ref: CrmRecordRef;
    /** Empty when the CRM did not tell. */
    readonly name: string;
    readonly url: string;
    readonly why: AssociationReason;
  }[];
};
