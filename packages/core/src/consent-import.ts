/**
 * Files of consents and opt-outs on their way into the ledger: what console and API both know of them.
 * Proof of consent is what was shown, when, how and where (GDPR Art. 7 (1)); a row without it gives nothing.
 */
export const importKinds = ["consents", "opt_outs"] as const;
export type ImportKind = (typeof importKinds)[number];

/** What a column may mean. */
export const importFields = [
  "number",
  "purpose",
  "date",
  "method",
  "wording",
  "source",
  "language",
  "channel",
] as const;
export type ImportField = (typeof importFields)[number];

/** What each kind asks about; `needed` fields must come from the file, or from one value that holds for all its rows. */
export const fieldsOf: Readonly<
  Record<ImportKind, { readonly fields: readonly ImportField[]; readonly needed: readonly ImportField[] }>
> = {
  consents: { fields: importFields, needed: ["number", "purpose", "date", "method", "wording", "source"] },
  opt_outs: { fields: ["number", "date", "source", "channel"], needed: ["number"] },
};

/** What differs from person to person: one value for all rows would be no evidence. */
export const perRowFields: readonly ImportField[] = ["number", "date"];

/** Where a field comes from: a column (from 0), one value for all rows, or nowhere. */
export type FieldSource = { readonly column: number } | { readonly value: string } | null;

export const importEncodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
export type ImportEncoding = (typeof importEncodings)[number];

export const dateOrders = ["day_first", "month_first"] as const;
export type DateOrder = (typeof dateOrders)[number];

/** What a person may correct about how a file is read. */
export type ImportMapping = {
  readonly fields: Readonly<Partial<Record<ImportField, FieldSource>>>;
  /** ISO 3166 alpha-2, for numbers without a country code; null: such numbers are refused. */
  readonly country: string | null;
  /** How 03/04/2025 is read. */
  readonly dateOrder: DateOrder;
};

/** What becomes of a row. `recorded`: the consent, or the opt-out, stands in the ledger and counts. */
export const rowOutcomes = ["recorded", "duplicate", "kept_opted_out", "quarantined", "refused"] as const;
export type RowOutcome = (typeof rowOutcomes)[number];

/** Why a row gives nothing, each with the outcome that it has; a refusal outweighs a quarantine. */
export const rowReasons = {
  number_missing: "refused",
  number_unreadable: "refused",
  date_unreadable: "refused",
  date_in_future: "refused",
  consent_expired: "refused",
  purpose_unknown: "refused",
  channel_unknown: "refused",
  person_erased: "refused",
  purpose_missing: "quarantined",
  date_missing: "quarantined",
  method_missing: "quarantined",
  wording_missing: "quarantined",
  source_missing: "quarantined",
  opted_out: "kept_opted_out",
} as const satisfies Readonly<Record<string, RowOutcome>>;
export type RowReason = keyof typeof rowReasons;

export const importStates = [
  "checking",
  "checked",
  "running",
  "done",
  "undoing",
  "undone",
  "discarded",
  "unreadable",
] as const;
export type ImportState = (typeof importStates)[number];

export type ImportCounts = Readonly<Record<RowOutcome, number>>;
export const noCounts: ImportCounts = { recorded: 0, duplicate: 0, kept_opted_out: 0, quarantined: 0, refused: 0 };

export type SampleRow = {
  /** In the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  readonly outcome: RowOutcome;
  readonly reasons: readonly RowReason[];
};

export type ImportView = {
  readonly id: string;
  readonly kind: ImportKind;
  readonly state: ImportState;
  readonly fileName: string;
  readonly size: number;
  readonly sha256: string;
  /** Id of the colleague. */
  readonly uploadedBy: string;
  readonly uploadedAt: string;
  readonly columns: readonly string[];
  readonly mapping: ImportMapping;
  /** Fields that are needed and come from nowhere: it cannot be started. */
  readonly missing: readonly ImportField[];
  /** Rows of the file; null while nobody has counted them. */
  readonly total: number | null;
  /** Rows that the present step is done with. */
  readonly position: number;
  readonly counts: ImportCounts;
  readonly problems: Readonly<Partial<Record<RowReason, number>>>;
  readonly sample: readonly SampleRow[];
  readonly declaration: string | null;
  readonly declaredBy: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** Until then all that it gave can be taken back; null when it cannot. */
  readonly undoUntil: string | null;
};

/** Bytes that a file may have: a million rows with long words. */
export const maxImportBytes = 512 * 1024 * 1024;
/** How long an import can be undone, in milliseconds. */
export const undoImportMs = 24 * 3_600_000;
