import type { PortalSource, SourceRecord, SourceRecordWithAssociated } from "./portal-source.ts";
import { ADDED_PROPERTIES, RECORD_TYPES, viewOfType } from "./record-types.ts";
import type { RecordType } from "./record-types.ts";
import type { ListView, PropertyView, RecordSummary, RecordView, TimelineEntry } from "./record-view.ts";
import { readRichText } from "../rich-text.ts";

/** Words of a channel for the heading of a logged message. */
const CHANNELS: Readonly<Record<string, string>> = { WHATS_APP: "WhatsApp", SMS: "SMS", LINKEDIN_MESSAGE: "LinkedIn" };

const DATE = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "UTC" });
const AMOUNT = new Intl.NumberFormat("en-US", { style: "currency", currency: "EUR", maximumFractionDigits: 0 });

/** What the page of a record shows; undefined when there is no such record. */
export async function describeRecord(
  source: PortalSource,
  type: RecordType,
  id: string,
): Promise<RecordView | undefined> {
  const others = RECORD_TYPES.filter((other) => other !== type);
  const record = await source.find(
    type,
    id,
    others.map((other) => other.name),
  );
  if (record === undefined) return undefined;
  const ids = (await source.list(type)).map((listed) => listed.id);
  const index = ids.indexOf(record.id);
  return {
    ...summarize(type, record),
    type: viewOfType(type),
    portalId: await source.portalId(),
    properties: [
      ...type.properties,
      ...ADDED_PROPERTIES.filter(([name]) => (record.properties[name] ?? "") !== ""),
    ].map(([name, label]) => describeProperty(record, name, label)),
    associations: others.map((other) => ({
      type: viewOfType(other),
      records: (record.associated[other.name] ?? []).map((end) => summarize(other, end)),
    })),
    previousId: ids[index - 1] ?? null,
    nextId: ids[index + 1] ?? null,
  };
}

/** What the list of all records of a type shows. */
export async function describeList(source: PortalSource, type: RecordType): Promise<ListView> {
  const records = await source.list(type);
  return {
    type: viewOfType(type),
    portalId: await source.portalId(),
    columns: type.columns.map(([name, label]) => ({ name, label })),
    rows: records.map((record) => ({
      record: summarize(type, record),
      values: type.columns.map(([name]) => shownValue(record, name)),
    })),
  };
}

/** What happened with a record, latest first; undefined when there is no such record. */
export async function describeTimeline(
  source: PortalSource,
  type: RecordType,
  id: string,
): Promise<TimelineEntry[] | undefined> {
  const record = await source.find(type, id, ["communications", "notes"]);
  if (record === undefined) return undefined;
  const entries = [
    ...(record.associated["communications"] ?? []).map(communicationEntry),
    ...(record.associated["notes"] ?? []).map(noteEntry),
    createdEntry(type, record),
  ];
  return entries.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function summarize(type: RecordType, record: SourceRecord): RecordSummary {
  const words = type.titleFrom.flatMap((name) => record.properties[name] ?? []);
  const title = words.join(" ") || record.properties["email"] || `${type.label} ${record.id}`;
  const initials = (words.length > 1 ? words : title.split(/\s+/u).slice(0, 2)).map((word) => word.charAt(0));
  const facts = type.factsFrom.map((name) => shownValue(record, name)).filter((fact) => fact !== "");
  return { id: record.id, typeId: type.typeId, title, initials: initials.join("").toUpperCase(), facts };
}

function describeProperty(record: SourceRecord, name: string, label: string): PropertyView {
  const value = shownValue(record, name);
  return { name, label, value, editable: value === (record.properties[name] ?? "") };
}

function shownValue({ properties, display }: SourceRecord, name: string): string {
  const value = properties[name] ?? "";
  if (value !== "" && name === "closedate") return DATE.format(Date.parse(value));
  if (value !== "" && name === "amount") return AMOUNT.format(Number(value));
  return display[name] ?? value;
}

function communicationEntry(record: SourceRecord): TimelineEntry {
  const channel = CHANNELS[record.properties["hs_communication_channel_type"] ?? ""] ?? "Message";
  return activityEntry(record, { kind: "communication", title: channel, body: "hs_communication_body" });
}

function noteEntry(record: SourceRecord): TimelineEntry {
  return activityEntry(record, { kind: "note", title: "Note", body: "hs_note_body" });
}

function activityEntry(
  record: SourceRecord,
  { kind, title, body }: { kind: TimelineEntry["kind"]; title: string; body: string },
): TimelineEntry {
  return {
    id: record.id,
    kind,
    title,
    owner: record.display["hubspot_owner_id"] ?? null,
    at: record.properties["hs_timestamp"] ?? record.created_at,
    updatedAt: record.updated_at,
    body: readRichText(record.properties[body] ?? ""),
  };
}

function createdEntry(type: RecordType, record: SourceRecordWithAssociated): TimelineEntry {
  return {
    id: `${record.id}-created`,
    kind: "created",
    title: `${type.label} created`,
    owner: null,
    at: record.created_at,
    updatedAt: record.created_at,
    body: [`This ${type.singular} was created.`],
  };
}
