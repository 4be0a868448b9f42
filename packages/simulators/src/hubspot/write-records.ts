import { alreadyExists, invalidProperties, invalidRequest, missingProperties, nonUniqueProperty } from "./api-error.ts";
import { linkRecords } from "./associate-records.ts";
import { associationTypeFrom } from "./association-types.ts";
import type { AssociationType } from "./association-types.ts";
import { calculateProperties } from "./calculated-properties.ts";
import { PORTAL_ID } from "./identity.ts";
import type { ObjectType } from "./object-types.ts";
import { objectType } from "./object-types.ts";
import type { Portal } from "./portal.ts";
import { hubspotTime, readValue } from "./property-values.ts";
import { rememberVersion } from "./record-store.ts";
import type { CrmRecord } from "./record-store.ts";
import type { Source } from "./source.ts";
import { recordWrite } from "./write.ts";
import type { Write } from "./write.ts";

/** An association asked for together with a new record. */
export type AssociationInput = {
  to: { id: string };
  types: readonly { associationCategory: string; associationTypeId: number }[];
};

export type CreateInput = {
  properties: Record<string, unknown>;
  associations?: readonly AssociationInput[] | undefined;
};

/** Creates a record with its associations. Refused (400, 409) as a whole: then nothing is created. */
export function createRecord(write: Write, type: ObjectType, input: CreateInput): CrmRecord {
  const { portal } = write;
  const values = readProperties(portal, type, input.properties);
  const required = [...type.requiredProperties, ...(portal.behaviour.required_properties[type.name] ?? [])];
  const missing = required.filter((name) => values[name] === undefined || values[name] === null);
  if (missing.length > 0) throw missingProperties(type.singular, missing);
  const targets = readAssociations(portal, type, input.associations ?? []);
  refuseDuplicates(portal, type, values);

  const record = insertRecord(portal, type, {
    id: portal.ids.next(),
    values,
    at: portal.clock.now(),
    by: write.by,
  });
  portal.webhooks.publish({ kind: "creation", record, by: write.by });
  publishValues(write, record, {});
  for (const { to, types } of targets) linkRecords(write, { from: record, to }, types);
  recordWrite(write, "create", record, {
    properties: setValues(values),
    associations: targets.map(({ to, types }) => ({
      to_type: to.type.name,
      to_id: to.id,
      association_type_ids: types.map((association) => association.id),
    })),
  });
  return record;
}

/** New values of a record (null clears), at a time in ms, and who sets them. */
type ValueChange = { values: Readonly<Record<string, string | null>>; at: number; by: Source };

/** How many values of a property HubSpot remembers. */
const HISTORY_LENGTH = 20;

/** Puts a record into the portal, created at `at` (ms), without asking whether it may be there: the caller has done so. */
export function insertRecord(
  portal: Portal,
  type: ObjectType,
  { id, values, at, by }: { id: string } & ValueChange,
): CrmRecord {
  const record: CrmRecord = {
    id,
    type,
    properties: { hs_object_id: id, [type.createdProperty]: hubspotTime(at) },
    createdAt: at,
    updatedAt: at,
    archivedAt: undefined,
    versions: [],
    history: new Map(),
  };
  applyValues(portal, record, { values, at, by });
  portal.records.add(record);
  return record;
}

/** Changes properties of a record; those not named stay. */
export function updateRecord(write: Write, record: CrmRecord, properties: Record<string, unknown>): CrmRecord {
  const values = readProperties(write.portal, record.type, properties);
  const cleared = record.type.requiredProperties.filter((name) => values[name] === null);
  if (cleared.length > 0) throw missingProperties(record.type.singular, cleared);
  refuseDuplicates(write.portal, record.type, values, record.id);
  const before = record.properties;
  applyValues(write.portal, record, { values, at: write.portal.clock.now(), by: write.by });
  publishValues(write, record, before);
  recordWrite(write, "update", record, { properties: values });
  return record;
}

/** Tells of every property that a write changed; those that HubSpot keeps itself are not told. */
function publishValues({ portal, by }: Write, record: CrmRecord, before: CrmRecord["properties"]): void {
  const names = new Set([...Object.keys(before), ...Object.keys(record.properties)]);
  for (const name of names) {
    const value = record.properties[name] ?? "";
    if (value === (before[name] ?? "") || portal.properties.find(record.type, name)?.readOnly === true) continue;
    portal.webhooks.publish({ kind: "propertyChange", record, by, name, value });
  }
}

/**
 * Changes the record whose unique property holds this value, or creates it with that value. Refused (400): a property
 * that is not unique, and the record id, which is not one of those.
 */
export function upsertRecord(
  write: Write,
  type: ObjectType,
  input: { idProperty: string; id: string; properties: Record<string, unknown> },
): { record: CrmRecord; isNew: boolean } {
  const { idProperty, id, properties } = input;
  const { portal } = write;
  if (portal.properties.find(type, idProperty)?.hasUniqueValue !== true) {
    throw nonUniqueProperty(type.id, idProperty, PORTAL_ID);
  }
  const existing = portal.records.findByValue(type, idProperty, idProperty === "email" ? id.toLowerCase() : id);
  if (existing !== undefined) return { record: updateRecord(write, existing, properties), isNew: false };
  return { record: createRecord(write, type, { properties: { ...properties, [idProperty]: id } }), isNew: true };
}

/** Moves a record to the recycle bin. Its associations stay with it. */
export function archiveRecord(write: Write, record: CrmRecord): void {
  record.archivedAt = write.portal.clock.now();
  write.portal.webhooks.publish({ kind: "deletion", record, by: write.by });
  recordWrite(write, "archive", record, {});
}

/** Takes a record out of the recycle bin, with its associations. */
export function restoreRecord(write: Write, record: CrmRecord): void {
  const { portal, by } = write;
  record.archivedAt = undefined;
  applyValues(portal, record, { values: {}, at: portal.clock.now(), by });
  portal.webhooks.publish({ kind: "restore", record, by });
  recordWrite(write, "restore", record, {});
}

/** Reads the property values of a write: every problem at once, or values in the form in which they are kept. */
function readProperties(
  portal: Portal,
  type: ObjectType,
  properties: Record<string, unknown>,
): Record<string, string | null> {
  const ownerIds = new Set(portal.owners.filter((owner) => !owner.archived).map((owner) => owner.id));
  const values: Record<string, string | null> = {};
  const problems = [];
  for (const [name, given] of Object.entries(properties)) {
    const definition = portal.properties.find(type, name);
    if (definition === undefined) {
      problems.push({ name, code: "PROPERTY_DOESNT_EXIST", message: `Property "${name}" does not exist` });
      continue;
    }
    const read = readValue(definition, given, ownerIds);
    if (read.ok) values[name] = read.value;
    else problems.push(read.problem);
  }
  if (problems.length > 0) throw invalidProperties(problems, PORTAL_ID);
  return values;
}

function readAssociations(portal: Portal, from: ObjectType, inputs: readonly AssociationInput[]) {
  return inputs.flatMap(({ to, types }) => {
    const byTarget = Map.groupBy(
      types.map((spec) => readAssociationType(from, spec)),
      (association) => association.to,
    );
    return [...byTarget].map(([name, associations]) => {
      const target = portal.records.live(objectType(name), to.id);
      if (target === undefined) {
        throw invalidRequest(`Associations are not valid: no ${name} record with ID ${to.id}`, { ids: [to.id] });
      }
      return { to: target, types: associations };
    });
  });
}

function readAssociationType(
  from: ObjectType,
  { associationCategory, associationTypeId }: AssociationInput["types"][number],
): AssociationType {
  const found = associationCategory === "HUBSPOT_DEFINED" ? associationTypeFrom(from, associationTypeId) : undefined;
  if (found !== undefined) return found;
  throw invalidRequest(`No association type of ${from.id} with ID ${associationTypeId} in ${associationCategory}`);
}

function refuseDuplicates(
  portal: Portal,
  type: ObjectType,
  values: Readonly<Record<string, string | null>>,
  ownId?: string,
): void {
  for (const definition of portal.properties.list(type)) {
    const value = values[definition.name];
    if (!definition.hasUniqueValue || value === undefined || value === null) continue;
    const holder = portal.records.findByValue(type, definition.name, value);
    if (holder !== undefined && holder.id !== ownId) throw alreadyExists(type.singular, holder.id);
  }
}

/** Sets values on a record and works out the calculated ones anew. */
function applyValues(portal: Portal, record: CrmRecord, { values, at, by }: ValueChange): void {
  const isCalculated = (name: string) => portal.properties.find(record.type, name)?.calculated === true;
  const written = Object.entries({ ...record.properties, ...values }).filter(([name]) => !isCalculated(name));
  const kept = setValues(Object.fromEntries(written));
  for (const [name, value] of Object.entries(values)) {
    if ((value ?? "") === (record.properties[name] ?? "")) continue;
    const former = record.history.get(name) ?? [];
    record.history.set(name, [{ value: value ?? "", at, by }, ...former].slice(0, HISTORY_LENGTH));
  }
  record.updatedAt = at;
  record.properties = {
    ...kept,
    [record.type.modifiedProperty]: hubspotTime(record.updatedAt),
    ...calculateProperties(record.type, { written: kept, before: record.properties, at }),
  };
  const { search_lag_ms: lagMs, search_jitter_ms: jitterMs } = portal.behaviour;
  rememberVersion(record, at - lagMs - jitterMs);
}

function setValues(values: Readonly<Record<string, string | null>>): Record<string, string> {
  const set: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) if (value !== null) set[name] = value;
  return set;
}
