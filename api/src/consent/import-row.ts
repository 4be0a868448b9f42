import {
  rowReasons,
  type ImportField,
  type ImportKind,
  type ImportMapping,
  type RowOutcome,
  type RowReason,
} from "@aparte/core/consent-import.ts";
import type { ConsentPurpose } from "@aparte/core/consent.ts";
import { parsePhone } from "../contacts/phone.ts";
import { canonicalWaId } from "../contacts/wa-id.ts";
import type { ExpiryOf } from "./expiry.ts";
import type { FileRow } from "./import-rows.ts";
import { readDate, readLanguage, readMethod, readPurposes } from "./import-values.ts";

/** What a row says, once it is understood. */
export type RowFacts = {
  readonly purposes: readonly ConsentPurpose[];
  readonly channelId: string | null;
  /** ISO 8601. */
  readonly occurredAt: string;
  readonly method: string;
  readonly wording: string;
  readonly source: string;
  readonly language: string | null;
};

/** A row that was read; `facts` are there when nothing stands against them. */
export type ReadRow = FileRow & {
  /** Canonical; null when there is no such number. */
  readonly waId: string | null;
  readonly reasons: readonly RowReason[];
  readonly facts: RowFacts | null;
};

/** What reading depends on beside the row. */
export type ReadingOf = {
  readonly kind: ImportKind;
  readonly mapping: ImportMapping;
  readonly now: Date;
  /** The workspace's own numbers, by their digits. */
  readonly channels: ReadonlyMap<string, string>;
  /** When consents of somebody with that number end. */
  readonly expiryIn: (waId: string | null) => ExpiryOf;
};

/** Where the day is already tomorrow: a date without time may be one day ahead of ours. */
const furthestZoneMs = 14 * 3_600_000;
/** Characters of one value that are kept. */
const maxValue = 4000;

/** Understands one row; never guesses. */
export function readRow(row: FileRow, of: ReadingOf): ReadRow {
  const cell = (field: ImportField) => valueOf(row, of.mapping, field);
  const waId = readNumber(cell("number"), of.mapping.country);
  const numberReasons: RowReason[] = waId ? [] : [cell("number") === "" ? "number_missing" : "number_unreadable"];
  const { reasons, facts } = of.kind === "consents" ? readConsent(cell, of, waId) : readOptOut(cell, of);
  const all = [...numberReasons, ...reasons];
  return { ...row, waId, reasons: all, facts: all.length === 0 ? facts : null };
}

/** The outcome of reasons: any refusal refuses the row. */
export function outcomeOf(reasons: readonly RowReason[]): RowOutcome {
  const outcomes = new Set<RowOutcome>(reasons.map((reason) => rowReasons[reason]));
  if (outcomes.has("refused")) return "refused";
  if (outcomes.has("quarantined")) return "quarantined";
  return outcomes.has("kept_opted_out") ? "kept_opted_out" : "recorded";
}

type Cell = (field: ImportField) => string;
type Read = { readonly reasons: readonly RowReason[]; readonly facts: RowFacts };

function readConsent(cell: Cell, of: ReadingOf, waId: string | null): Read {
  const expiryOf = of.expiryIn(waId);
  const reasons: RowReason[] = [];
  for (const field of ["purpose", "date", "method", "wording", "source"] as const) {
    if (cell(field) === "") reasons.push(`${field}_missing`);
  }
  const purposes = cell("purpose") === "" ? [] : readPurposes(cell("purpose"));
  if (purposes === null) reasons.push("purpose_unknown");
  const date = readMoment(cell("date"), of);
  reasons.push(...date.reasons);
  const channel = readChannel(cell("channel"), of);
  reasons.push(...channel.reasons);
  const live =
    reasons.length > 0 ? [] : (purposes ?? []).filter((purpose) => !isOver(expiryOf(purpose, date.at), of.now));
  if (reasons.length === 0 && live.length === 0) reasons.push("consent_expired");
  const method = readMethod(cell("method"));
  const language = cell("language") === "" ? null : readLanguage(cell("language"));
  const { channelId } = channel;
  const said = { method, wording: cell("wording"), source: cell("source"), language };
  return { reasons, facts: { purposes: live, channelId, occurredAt: date.at, ...said } };
}

/** Stopping needs no proof: a date that is not told is today. */
function readOptOut(cell: Cell, of: ReadingOf): Read {
  const date = cell("date") === "" ? { at: of.now.toISOString(), reasons: [] } : readMoment(cell("date"), of);
  const channel = readChannel(cell("channel"), of);
  const said = { method: "", wording: "", source: cell("source"), language: null };
  return {
    reasons: [...date.reasons, ...channel.reasons],
    facts: {
      purposes: ["marketing", "utility", "authentication"],
      channelId: channel.channelId,
      occurredAt: date.at,
      ...said,
    },
  };
}

function readMoment(text: string, { mapping, now }: ReadingOf): { at: string; reasons: RowReason[] } {
  if (text === "") return { at: "", reasons: [] };
  const at = readDate(text, mapping.dateOrder);
  if (at === null) return { at: "", reasons: ["date_unreadable"] };
  const slack = text.includes(":") ? 60_000 : furthestZoneMs;
  if (Date.parse(at) > now.getTime() + slack) return { at, reasons: ["date_in_future"] };
  return { at: Date.parse(at) > now.getTime() ? now.toISOString() : at, reasons: [] };
}

function readChannel(
  text: string,
  { channels, mapping }: ReadingOf,
): { channelId: string | null; reasons: RowReason[] } {
  if (text === "") return { channelId: null, reasons: [] };
  const channelId = channels.get(readNumber(text, mapping.country) ?? text.replaceAll(/\D/g, ""));
  return channelId ? { channelId, reasons: [] } : { channelId: null, reasons: ["channel_unknown"] };
}

function isOver(end: string | null, now: Date): boolean {
  return end !== null && Date.parse(end) <= now.getTime();
}

/** As people write it; or as Meta and spreadsheets do, all the digits with the country code and no plus. */
function readNumber(text: string, country: string | null): string | null {
  const found = parsePhone(text, country) ?? (/^\d{10,15}$/.test(text) ? parsePhone(`+${text}`, null) : null);
  return found && canonicalWaId(found.waId);
}

function valueOf({ cells }: FileRow, { fields }: ImportMapping, field: ImportField): string {
  const from = fields[field];
  if (!from) return "";
  const text = "column" in from ? (cells[from.column] ?? "") : from.value;
  // Spreadsheets are told by the quote that what follows is no formula; our own exports write it too.
  return text
    .trim()
    .replace(/^'(?=[=+\-@])/, "")
    .slice(0, maxValue);
}
