import type { CrmField, CrmRecordRef } from "@aparte/core/crm-record.ts";

/** A field that can be read, with the words that people of this account see for it and for its choices. */
export type FieldDefinition = {
  readonly name: string;
  readonly label: string;
  /** Label of each choice by its stored value; empty when the field is no list. */
  readonly choices: Readonly<Record<string, string>>;
};

export type RecordPhone = {
  /** Label of the field it stands in. */
  readonly label: string;
  /** As someone typed it. */
  readonly raw: string;
  /** ISO 3166 code of the country to assume when `raw` names none; null when the record says nothing. */
  readonly region: string | null;
};

/** Somebody at a company, a deal or a ticket. */
export type RecordPerson = {
  /** Their own record: a contact or a lead. */
  readonly ref: CrmRecordRef;
  readonly name: string;
  readonly phones: readonly RecordPhone[];
  readonly bsuids: readonly string[];
  /** The CRM marks them as the one to talk to (Salesforce: primary contact role). */
  readonly isPrimary: boolean;
};

/** A record around another one, as the association rules need it: the companies, deals and tickets of a contact. */
export type RelatedRecord = {
  readonly ref: CrmRecordRef;
  readonly name: string;
  readonly isPrimary: boolean;
  /** Whether a deal or ticket is still open; null where the word means nothing. */
  readonly isOpen: boolean | null;
};

/**
 * What the CRM's own fields say against messages. `opted_out`: no marketing. `no_processing`: nothing at all. `erase`: the
 * person asked to be forgotten; an admin confirms it. `do_not_call`: worth a warning, no more. Never a permission: a CRM
 * edit may restrict consent and cannot grant it.
 */
export type CrmSignal = {
  readonly kind: "opted_out" | "no_processing" | "erase" | "do_not_call";
  /** Label of the field that says so. */
  readonly field: string;
};

export type CrmRecord = {
  /** The record that answered. Its id differs from the one asked for when the CRM merged the two. */
  readonly ref: CrmRecordRef;
  readonly name: string;
  /** Non-empty fields only. */
  readonly fields: readonly CrmField[];
  /** The record's own numbers, the best first. */
  readonly phones: readonly RecordPhone[];
  /** WhatsApp's business-scoped user ids that the CRM holds of the person. */
  readonly bsuids: readonly string[];
  /** IANA zone that a field of the record tells; null when none does. */
  readonly timeZone: string | null;
  /** Who in the CRM is responsible for it. */
  readonly ownerId: string | null;
  /** At most 100 people of a company, deal or ticket, the primary one first; empty for a record that is a person. */
  readonly people: readonly RecordPerson[];
  /** How many more there are. */
  readonly peopleLeftOut: number;
  readonly related: readonly RelatedRecord[];
  readonly signals: readonly CrmSignal[];
};

export type RecordHit = {
  readonly ref: CrmRecordRef;
  readonly name: string;
  /** A second line that tells two of the same name apart: company, email. Empty when the CRM has none. */
  readonly detail: string;
  readonly phones: readonly RecordPhone[];
};

/** What we keep on the person's record in the CRM for reports and lists there. */
export type MirrorValues = {
  /** Null: its fields stay as they are. */
  readonly consent: MirrorConsent | null;
  /** ISO 8601; null when there was none. */
  readonly lastContactAt: string | null;
};

export type MirrorConsent = {
  readonly state: "opted_in" | "opted_out" | "unknown";
  /** ISO 8601; null when nobody decided anything. */
  readonly at: string | null;
  /** In plain words: "Said on the phone", "STOP in WhatsApp". */
  readonly source: string | null;
};

/** Something happened to a record in the CRM. It is a reason to read the record again, not data. */
export type RecordChange = {
  readonly ref: CrmRecordRef;
  readonly kind: "updated" | "deleted" | "restored" | "merged" | "converted" | "privacy_deleted";
  /** What it became, for `merged` and `converted` where the news says so; null otherwise (`locate` knows). */
  readonly into: CrmRecordRef | null;
  /** ISO 8601. */
  readonly at: string;
  /** We did it ourselves: nothing to learn. */
  readonly isEcho: boolean;
};

/** Where a record is now. `unknown`: the CRM has never heard of it, or does not show it to us. */
export type Whereabouts = {
  readonly ref: CrmRecordRef;
  readonly state: "live" | "deleted" | "merged" | "converted" | "unknown";
  readonly into: CrmRecordRef | null;
};

/** A webhook as it arrived: nothing of it is believed before `readWebhook` has checked its signature. */
export type IncomingWebhook = {
  readonly method: string;
  /** The public address it was sent to, made from our own settings and never from a header. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly now: Date;
};
