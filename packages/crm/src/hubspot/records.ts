import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { CrmApp, CrmSession } from "../adapter.ts";
import { fieldOf } from "../field-value.ts";
import { path } from "../http.ts";
import type { CrmMissing, CrmResult } from "../outcome.ts";
import type { CrmRecord, CrmSignal, FieldDefinition, RecordPerson, RelatedRecord } from "../record.ts";
import { timeZoneOf } from "../time-zone.ts";
import { associatedIn, associationLists, type Associated, type AssociationLists } from "./associations.ts";
import { repeatable, request, settled, versions } from "./client.ts";
import { consentStatus } from "./mirror.ts";
import { objectOf, objects, type HubspotObject } from "./objects.ts";
import {
  batchSize,
  bsuidsField,
  bsuidsOf,
  filled,
  identifying,
  nameOf,
  phonesOf,
  recordBody,
  recordList,
  valuesOf,
  type RecordBody,
  type Values,
} from "./record-body.ts";

/** The longest list of field names in one address, in characters: servers on the way stop at about 8,000. */
const maxListLength = 6000;

const ownerField = "hubspot_owner_id";

const recordWithAssociations = recordBody.extend({ associations: associationLists.default({}) });

type Reading = { readonly app: CrmApp; readonly session: CrmSession; readonly ref: CrmRecordRef };
type ReadBody = { readonly id: string; readonly values: Values; readonly associations: AssociationLists };

/**
 * A record with what is around it, in two rounds of requests: the record and its associations, then the names and
 * numbers of those. HubSpot answers for a merged record with the survivor, under the survivor's id.
 */
export async function readRecord(
  app: CrmApp,
  session: CrmSession,
  { ref, fields }: { readonly ref: CrmRecordRef; readonly fields: readonly FieldDefinition[] },
): Promise<CrmResult<{ record: CrmRecord }> | CrmMissing> {
  if (ref.type === "lead") return { outcome: "not_found" };
  const object = objects[ref.type];
  const body = await readBody({ app, session, ref }, object, fields);
  if (body.outcome !== "done") return body;
  const found = { ...ref, id: body.id };
  const around = await readAround({ app, session, ref: found }, object, body);
  if (around.outcome !== "done") return around;
  const { id, values } = body;
  const labels = new Map(fields.map((field) => [field.name, field.label]));
  const record: CrmRecord = {
    ref: found,
    name: nameOf(object, values, id),
    fields: fields.flatMap((field) => fieldOf(field, values.get(field.name))),
    phones: phonesOf(object, values, labels),
    bsuids: bsuidsOf(values),
    timeZone: timeZoneOf(values),
    ownerId: values.get(ownerField) ?? null,
    people: around.people,
    peopleLeftOut: around.peopleLeftOut,
    related: around.related,
    signals: signalsOf(values, labels),
  };
  return { outcome: "done", record };
}

/** The record itself: in one request, or in several at once where its fields do not fit into one address. */
async function readBody(
  { app, session, ref }: Reading,
  object: HubspotObject,
  fields: readonly FieldDefinition[],
): Promise<CrmResult<ReadBody> | CrmMissing> {
  const counts = [object.contactCount, object.closed].filter((name) => name !== null);
  const own = object.type === "contact" ? [bsuidsField, consentStatus.name] : counts;
  const wanted = new Set([...fields.map(({ name }) => name), ...identifying(object), ownerField, ...own]);
  const url = path`/crm/objects/${versions.crm}/${object.plural}/${ref.id}`;
  const around = [...object.related, ...(object.type === "contact" ? [] : (["contact"] as const))];
  const associations = around.map((type) => objectOf(type).plural).join(",");
  const answers = await Promise.all(
    listsOf([...wanted]).map(async (list, index) => {
      const query = index === 0 ? `&associations=${associations}` : "";
      const call = { path: `${url}?properties=${list}${query}`, session, schema: recordWithAssociations };
      return repeatable(await request(app, { method: "GET", ...call }));
    }),
  );
  const values = new Map<string, string>();
  let read: ReadBody = { id: ref.id, values, associations: {} };
  for (const [index, answer] of answers.entries()) {
    if (answer.outcome !== "done") return answer;
    const { id, associations: lists } = answer.value;
    if (index === 0) read = { id, values, associations: lists };
    for (const [name, value] of valuesOf(answer.value)) values.set(name, value);
  }
  return { outcome: "done", ...read };
}

/** Field names as lists for the query, none longer than an address may be. */
function listsOf(names: readonly string[]): string[] {
  const lists: string[] = [];
  for (const name of names.map(encodeURIComponent)) {
    const last = lists.at(-1);
    if (last !== undefined && last.length + name.length < maxListLength) lists[lists.length - 1] = `${last},${name}`;
    else lists.push(name);
  }
  return lists;
}

type Around = Pick<CrmRecord, "people" | "peopleLeftOut" | "related">;

async function readAround(
  reading: Reading,
  object: HubspotObject,
  { values, associations }: ReadBody,
): Promise<CrmResult<Around>> {
  const contacts = object.type === "contact" ? [] : associatedIn(associations, object.type, "contact");
  const [people, ...related] = await Promise.all([
    readEnds(reading, objects.contact, contacts),
    ...object.related.map((type) =>
      readEnds(reading, objects[type], newestFirst(associatedIn(associations, object.type, type))),
    ),
  ]);
  const ends: End[] = [];
  for (const answer of related) {
    if (answer.outcome !== "done") return answer;
    ends.push(...answer.ends);
  }
  if (people.outcome !== "done") return people;
  const isCut = associations[objects.contact.plural]?.paging?.next !== undefined;
  const counted = isCut && object.contactCount !== null ? Number(values.get(object.contactCount) ?? 0) : 0;
  return {
    outcome: "done",
    people: people.ends.map((end) => personOf(reading.ref, end)),
    peopleLeftOut: Math.max(counted, contacts.length) - Math.min(contacts.length, batchSize),
    related: ends.map((end) => relatedOf(reading.ref, end)),
  };
}

/** A record at the other end of an association, with its values. */
type End = {
  readonly object: HubspotObject;
  readonly id: string;
  readonly isPrimary: boolean;
  readonly values: Values;
};
/** The first hundred of these records, in their order; those that have been deleted meanwhile are left out. */
async function readEnds(
  { app, session }: Reading,
  object: HubspotObject,
  associated: readonly Associated[],
): Promise<CrmResult<{ readonly ends: readonly End[] }>> {
  const asked = associated.slice(0, batchSize);
  if (asked.length === 0) return { outcome: "done", ends: [] };
  const bodies = await readBodies(app, session, { object, ids: asked.map(({ id }) => id) });
  if (bodies.outcome !== "done") return bodies;
  const byId = new Map(bodies.bodies.map((body) => [body.id, body]));
  const ends = asked.flatMap(({ id, isPrimary }): End[] => {
    const body = byId.get(id);
    return body === undefined ? [] : [{ object, id, isPrimary, values: valuesOf(body) }];
  });
  return { outcome: "done", ends };
}

/** Records of one type, at most 100, with what names them; those that are not there are missing. */
async function readBodies(
  app: CrmApp,
  session: CrmSession,
  { object, ids }: { readonly object: HubspotObject; readonly ids: readonly string[] },
): Promise<CrmResult<{ readonly bodies: readonly RecordBody[] }>> {
  const own = object.type === "contact" ? [bsuidsField] : object.closed === null ? [] : [object.closed];
  const url = path`/crm/objects/${versions.crm}/${object.plural}/batch/read`;
  const json = { properties: [...identifying(object), ...own], inputs: ids.map((id) => ({ id })) };
  const answer = settled(await request(app, { method: "POST", path: url, session, json, schema: recordList }));
  return answer.outcome === "done" ? { outcome: "done", bodies: answer.value.results } : answer;
}

function personOf({ crm, account }: CrmRecordRef, { object, id, isPrimary, values }: End): RecordPerson {
  return {
    ref: { crm, account, type: object.type, id },
    name: nameOf(object, values, id),
    phones: phonesOf(object, values),
    bsuids: bsuidsOf(values),
    isPrimary,
  };
}

function relatedOf({ crm, account }: CrmRecordRef, { object, id, isPrimary, values }: End): RelatedRecord {
  const closed = object.closed === null ? undefined : values.get(object.closed);
  return {
    ref: { crm, account, type: object.type, id },
    name: nameOf(object, values, id),
    isPrimary,
    isOpen: object.closed === null ? null : closed === undefined || closed === "false",
  };
}

/** Ids grow: of more deals than are read, the newest count. The primary one stays first. */
function newestFirst(associated: readonly Associated[]): Associated[] {
  const age = (id: string): bigint => (/^\d+$/u.test(id) ? BigInt(id) : 0n);
  return associated.toSorted((a, b) => {
    if (a.isPrimary !== b.isPrimary) return a.isPrimary ? -1 : 1;
    return age(a.id) < age(b.id) ? 1 : -1;
  });
}

/** Our own field, set by a person in HubSpot: it may restrict and never grants. */
function signalsOf(values: Values, labels: ReadonlyMap<string, string>): CrmSignal[] {
  const [status] = filled(values, [consentStatus.name]);
  if (status !== "opted_out") return [];
  return [{ kind: "opted_out", field: labels.get(consentStatus.name) ?? consentStatus.label }];
}
