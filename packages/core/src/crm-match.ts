import type { CrmName, CrmRecordRef, RecordHeader } from "./crm-record.ts";
import type { ErrorCode } from "./errors.ts";

/** The record that holds a number: a contact, a lead or a company. */
export type NumberHolder = { readonly ref: CrmRecordRef; readonly name: string };

/**
 * `field`: it stands in a field of its holder. `chosen`: somebody here said that it is theirs. `not_theirs`: somebody here
 * said that it is not, whatever the field says; it is shown so that this can be taken back.
 */
export type NumberVerdict = "field" | "chosen" | "not_theirs";

/** What a person at work can say of a number on a record; `as_found` takes back what was said. */
export const matchVerdicts = ["theirs", "not_theirs", "as_found"] as const;
export type MatchVerdict = (typeof matchVerdicts)[number];

/**
 * Why a person and a record belong together. `field`: the number stands in the field. `whatsapp_id`: the CRM holds the
 * person's WhatsApp id. `chosen`: somebody here chose it. `only_match`: the person wrote to us, and of all records in the
 * CRM this one alone has their number. `merged`: it stood on a record that was merged or converted into this one, and stands in no
 * field of it.
 */
export const matchReasons = ["field", "whatsapp_id", "chosen", "only_match", "merged"] as const;
export type MatchReason = (typeof matchReasons)[number];

export type MatchView = {
  /** The person's own record: the one that is open, or one of its people. */
  readonly holder: RecordHeader;
  readonly reason: MatchReason;
  /** Label of the field that holds the number; null when none does. */
  readonly field: string | null;
  /** Name of the colleague who chose it; null unless `chosen`. */
  readonly chosenBy: string | null;
};

/** A field of the CRM that speaks against messages, or for care: see the words of each kind. */
export type RecordSignal = {
  readonly crm: CrmName;
  readonly kind: "opted_out" | "no_processing" | "erase" | "do_not_call";
  /** Label of the field. */
  readonly field: string;
};

/** A number as people read it, with the form to open it by. */
export type NumberView = { readonly e164: string; readonly display: string };

/** A record or a person that a search found. */
export type SearchHit = {
  /** Null for a person whom no connected CRM knows. */
  readonly record: RecordHeader | null;
  readonly name: string;
  /** Tells two of the same name apart: company, email. Empty when there is nothing. */
  readonly detail: string;
  /** For a person, their number first. A company or a deal may have none here; opening it tells. */
  readonly numbers: readonly NumberView[];
};

/** What a search brought: `numbers` are what the words themselves may mean as a phone number, the likeliest first. */
export type SearchView = {
  readonly hits: readonly SearchHit[];
  readonly numbers: readonly NumberView[];
  /** The connections that did not answer, with the reason: something may be missing from `hits`. */
  readonly silent: readonly { readonly crm: CrmName; readonly accountName: string; readonly reason: ErrorCode }[];
};
