import { z } from "zod";
import type { Org } from "../org.ts";
import { deleteRecord } from "../records/delete-record.ts";
import { requireRecord, requireType, requireWritable } from "../records/find-record.ts";
import type { Given } from "../records/read-values.ts";
import { createRecord, updateRecord } from "../records/save-record.ts";
import { upsertRecord } from "../records/upsert-record.ts";
import { writeOf } from "../records/write.ts";
import { readRecordId } from "../record-id.ts";
import type { SObject } from "../record-store.ts";
import { invalidType, malformedId, notFound, refused, SalesforceError } from "../salesforce-error.ts";
import type { ObjectType } from "../schema/object-type.ts";
import { doEach } from "./collection-results.ts";
import type { RecordResult } from "./collection-results.ts";
import { presentRecord, readFields } from "./present-record.ts";
import { readShape } from "./read-body.ts";
import { ok, param } from "./resource.ts";
import type { Answer, Call, Resource } from "./resource.ts";

/** The most records that one collection has; of records that are only read there may be more. */
const MAX_WRITTEN = 200;
const MAX_READ = 2_000;

const collectionSchema = z.object({
  allOrNone: z.boolean().default(false),
  records: z.array(z.record(z.string(), z.unknown())),
});
const readSchema = z.object({ ids: z.array(z.string()), fields: z.array(z.string()) });
const attributesSchema = z.object({ attributes: z.object({ type: z.string() }) });

/** Up to 200 records in one call: 200 however many were refused, with the result of each in its place. */
export const COLLECTION_RESOURCES: readonly Resource[] = [
  { method: "POST", path: "/composite/sobjects", handle: createAll },
  { method: "PATCH", path: "/composite/sobjects", handle: updateAll },
  { method: "DELETE", path: "/composite/sobjects", handle: deleteAll },
  { method: "PATCH", path: "/composite/sobjects/:object/:field", handle: upsertAll },
  { method: "GET", path: "/composite/sobjects/:object", handle: readFromQuery },
  { method: "POST", path: "/composite/sobjects/:object", handle: readFromBody },
];

function createAll(call: Call): Answer {
  const write = writeOf(call);
  return written(call, (given) => {
    const type = typeOf(call.org, given);
    requireWritable(type, "create");
    return { id: createRecord(write, type, given).id, success: true, errors: [] };
  });
}

function updateAll(call: Call): Answer {
  const write = writeOf(call);
  return written(call, (given) => {
    const type = typeOf(call.org, given);
    requireWritable(type, "update");
    const { id, body } = takeMember(given, "id");
    if (id === undefined) {
      throw new SalesforceError(400, "MISSING_ARGUMENT", "Id not specified in an update call", { fields: ["Id"] });
    }
    return { id: updateRecord(write, requireOf(call.org, type, id), body).id, success: true, errors: [] };
  });
}

function upsertAll(call: Call): Answer {
  const write = writeOf(call);
  const type = requireType(call.org, param(call, "object"));
  const name = param(call, "field");
  const field = type.field(name);
  if (field?.idLookup !== true) {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${name}`);
  }
  const keyOf = (given: Given) => {
    const { id } = takeMember(given, name);
    return field.caseSensitive ? id : id?.toLowerCase();
  };
  return written(call, (given, records) => {
    requireWritable(type, "update");
    if (typeOf(call.org, given) !== type) throw invalidType(type.name);
    const { id: value, body } = takeMember(given, name);
    if (value === undefined) {
      throw refused("MISSING_ARGUMENT", `${name} not specified`, []);
    }
    // Of records with one key in one call none is written: which of them should win is open.
    if (records.filter((other) => keyOf(other) === keyOf(given)).length > 1) {
      throw refused("DUPLICATE_VALUE", `Duplicate external id specified: ${value}`, [name]);
    }
    const outcome = upsertRecord(write, type, { name, value, body, updateOnly: false });
    if (outcome.kind === "ambiguous") {
      const found = `Duplicate external id specified: ${value}`;
      throw refused("DUPLICATE_EXTERNAL_ID", found, [name]);
    }
    return { id: outcome.record.id, success: true, errors: [], created: outcome.kind === "created" };
  });
}

function deleteAll(call: Call): Answer {
  const { org, query } = call;
  const ids = (query.get("ids") ?? "").split(",").filter((id) => id !== "");
  requireAtMost(ids.length, MAX_WRITTEN);
  const write = writeOf(call);
  const works = ids.map((given) => (): RecordResult => {
    const record = requireAnyRecord(org, given);
    requireWritable(record.type, "delete");
    deleteRecord(write, record);
    return { id: record.id, success: true, errors: [] };
  });
  return ok(doEach(org, works, { allOrNone: query.get("allOrNone") === "true" }));
}

function readFromQuery(call: Call): Answer {
  const list = (name: string) => (call.query.get(name) ?? "").split(",").filter((item) => item !== "");
  return readAll(call, { ids: list("ids"), fields: list("fields") });
}

function readFromBody(call: Call): Answer {
  return readAll(call, readShape(readSchema, call));
}

/** Each record in its place, and null for one that is not there. */
function readAll({ org, version, params }: Call, asked: { ids: readonly string[]; fields: readonly string[] }): Answer {
  const type = requireType(org, params["object"] ?? "");
  requireAtMost(asked.ids.length, MAX_READ);
  const fields = readFields(type, asked.fields);
  const records = asked.ids.map((given) => {
    const id = readRecordId(given);
    if (id === undefined) throw malformedId(given);
    const record = org.records.live(type, id);
    return record === undefined ? null : presentRecord(record, { version, fields });
  });
  return ok(records);
}

function written(call: Call, work: (given: Given, all: readonly Given[]) => RecordResult): Answer {
  const { records, allOrNone } = readShape(collectionSchema, call);
  requireAtMost(records.length, MAX_WRITTEN);
  const works = records.map((given) => () => work(given, records));
  return ok(doEach(call.org, works, { allOrNone }));
}

function requireAtMost(count: number, max: number): void {
  if (count > max) {
    throw refused("LIMIT_EXCEEDED", `The number of records exceeds the maximum of ${max}, got ${count}`);
  }
}

function typeOf(org: Org, given: Given): ObjectType {
  const attributes = attributesSchema.safeParse(given);
  if (!attributes.success) {
    throw refused("INVALID_INPUT", "Include an entity type in the attributes of each record");
  }
  const name = attributes.data.attributes.type;
  const type = org.schema.find(name);
  if (type === undefined) throw invalidType(name);
  return type;
}

/** Takes the member that names the record out of a body. */
function takeMember(given: Given, name: string): { id: string | undefined; body: Given } {
  const found = Object.entries(given).find(([key]) => key.toLowerCase() === name.toLowerCase());
  const rest = Object.entries(given).filter((entry) => entry[0] !== found?.[0]);
  const value = found?.[1];
  const id = typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  return { id, body: Object.fromEntries(rest) };
}

function requireAnyRecord(org: Org, given: string): SObject {
  const id = readRecordId(given);
  const type = id === undefined ? undefined : org.schema.ofId(id);
  if (type === undefined) throw malformedId(given);
  return requireOf(org, type, given);
}

/** In a collection an id is a reference: one that leads nowhere is refused as such. */
function requireOf(org: Org, type: ObjectType, given: string): SObject {
  const id = readRecordId(given);
  if (id !== undefined && org.records.find(type, id) === undefined) {
    throw refused("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
  }
  return requireRecord(org, type, given);
}
