import { associationTypeName } from "./association-types.ts";
import { PORTAL_ID } from "./identity.ts";
import type { Associated } from "./association-store.ts";
import { objectType } from "./object-types.ts";
import type { ObjectType } from "./object-types.ts";
import type { Portal } from "./portal.ts";
import { hubspotTime } from "./property-values.ts";
import type { CrmRecord } from "./record-store.ts";

/** How many associated records of a type come with a record; the association endpoints tell the others. */
const ASSOCIATIONS_SHOWN = 500;

/** Which version of the API is spoken. Versions with a date also tell where a record is shown. */
export type ApiVersion = "2026-09" | "2026-03" | "v3" | "v4";

/** What an answer should hold of a record. Empty `properties`: those that its type shows by default. */
export type Wanted = {
  version: ApiVersion;
  properties?: readonly string[];
  /** Those whose former values are told as well. */
  propertiesWithHistory?: readonly string[];
  associations?: readonly ObjectType[];
};

/**
 * A record as the API answers it: `{id, properties, createdAt, updatedAt, archived, archivedAt?, url?, associations?}`.
 * Properties asked for that have no value are null; those that do not exist are left out.
 */
export function presentRecord(portal: Portal, record: CrmRecord, wanted: Wanted): Record<string, unknown> {
  const { version, propertiesWithHistory = [], associations = [] } = wanted;
  return {
    ...presentParts(portal, record, wanted),
    ...(version.startsWith("v") ? {} : { url: recordUrl(portal, record) }),
    ...(propertiesWithHistory.length === 0 ? {} : { propertiesWithHistory: histories(record, propertiesWithHistory) }),
    ...(associations.length === 0 ? {} : { associations: presentAssociations(portal, record, associations) }),
  };
}

/** A record with every value it has: the answer to a write. */
export function presentWritten(portal: Portal, record: CrmRecord, version: ApiVersion): Record<string, unknown> {
  return presentRecord(portal, record, { version, properties: Object.keys(record.properties) });
}

/** A record as the search index knows it, with values that may be behind. */
export function presentIndexed(
  portal: Portal,
  { record, properties }: { record: CrmRecord; properties: CrmRecord["properties"] },
  wanted: Wanted,
): Record<string, unknown> {
  return presentRecord(portal, { ...record, properties }, wanted);
}

function presentParts(
  portal: Portal,
  record: CrmRecord,
  { properties = [], propertiesWithHistory: history = [] }: Wanted,
): Record<string, unknown> {
  const { type } = record;
  const asked = properties.length === 0 && history.length === 0 ? type.defaultProperties : [...properties, ...history];
  const existing = asked.filter((name) => portal.properties.find(type, name) !== undefined);
  const names = new Set([...existing, type.createdProperty, "hs_object_id", type.modifiedProperty]);
  return {
    id: record.id,
    properties: Object.fromEntries([...names].map((name) => [name, valueOf(portal, record, name)])),
    createdAt: hubspotTime(record.createdAt),
    updatedAt: hubspotTime(record.updatedAt),
    archived: record.archivedAt !== undefined,
    ...(record.archivedAt === undefined ? {} : { archivedAt: hubspotTime(record.archivedAt) }),
  };
}

/** `{name: [{value, timestamp, sourceType, sourceId}]}`, the newest value first. */
function histories(record: CrmRecord, names: readonly string[]): Record<string, unknown> {
  const told = names.map((name) => [
    name,
    (record.history.get(name) ?? []).map(({ value, at, by }) => ({
      value,
      timestamp: hubspotTime(at),
      sourceType: by.changeSource,
      sourceId: by.sourceId,
    })),
  ]);
  return Object.fromEntries(told);
}

/** A value as it is kept; the number of associated contacts is counted when it is asked for. */
function valueOf(portal: Portal, record: CrmRecord, name: string): string | null {
  if (name !== "num_associated_contacts") return record.properties[name] ?? null;
  return String(liveEnds(portal, record, objectType("contacts")).length);
}

/** The records of a type that this one is associated with; those in the recycle bin do not count. */
export function liveEnds(portal: Portal, record: CrmRecord, type: ObjectType): Associated[] {
  return portal.associations.list(record, type).filter(({ id }) => portal.records.live(type, id) !== undefined);
}

function presentAssociations(portal: Portal, record: CrmRecord, types: readonly ObjectType[]): Record<string, unknown> {
  const byType: Record<string, unknown> = {};
  for (const type of types) {
    const ends = liveEnds(portal, record, type);
    const results = ends
      .slice(0, ASSOCIATIONS_SHOWN)
      .flatMap(({ id, associationTypes }) => associationTypes.map((kind) => ({ id, type: associationTypeName(kind) })));
    const after = ends.length > ASSOCIATIONS_SHOWN ? results.at(-1)?.id : undefined;
    if (results.length > 0) byType[type.name] = { results, ...(after && { paging: { next: { after } } }) };
  }
  return byType;
}

function recordUrl(portal: Portal, { type, id }: CrmRecord): string {
  return `${portal.uiUrl}/contacts/${PORTAL_ID}/record/${type.id}/${id}`;
}
