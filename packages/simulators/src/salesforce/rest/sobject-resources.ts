import { deleteRecord } from "../records/delete-record.ts";
import { recordsByKey, requireRecord, requireType, requireWritable } from "../records/find-record.ts";
import { createRecord, updateRecord } from "../records/save-record.ts";
import { upsertRecord } from "../records/upsert-record.ts";
import { writeOf } from "../records/write.ts";
import { readRelated } from "../query/related.ts";
import { readRecordId } from "../record-id.ts";
import type { SObject } from "../record-store.ts";
import { notFound } from "../salesforce-error.ts";
import type { ObjectType } from "../schema/object-type.ts";
import { presentRecord, readFields, recordUrl } from "./present-record.ts";
import { readMembers } from "./read-body.ts";
import { NO_CONTENT, ok, param } from "./resource.ts";
import type { Answer, Call, Resource } from "./resource.ts";

/** From this version on an upsert that changes a record says so; before it had no body. */
const UPSERT_ANSWERS_SINCE = 46;

/** Reading and writing single records, by their id and by their keys. */
export const SOBJECT_RESOURCES: readonly Resource[] = [
  { method: "POST", path: "/sobjects/:object", handle: create },
  { method: "GET", path: "/sobjects/:object/:id", handle: (call) => readOne(call, recordOf(call)) },
  { method: "PATCH", path: "/sobjects/:object/:id", handle: update },
  { method: "DELETE", path: "/sobjects/:object/:id", handle: (call) => remove(call, recordOf(call)) },
  // An id in the place of the field asks for what is related to the record.
  { method: "GET", path: "/sobjects/:object/:field/:value", handle: readByKey },
  { method: "PATCH", path: "/sobjects/:object/:field/:value", handle: upsert },
  { method: "DELETE", path: "/sobjects/:object/:field/:value", handle: removeByKey },
];

function create(call: Call): Answer {
  const type = typeOf(call);
  requireWritable(type, "create");
  const { id } = createRecord(writeOf(call), type, readMembers(call));
  const location = `/services/data/v${call.version}/sobjects/${type.name}/${id}`;
  return { status: 201, body: { id, success: true, errors: [] }, headers: { Location: location } };
}

function update(call: Call): Answer {
  const record = recordOf(call);
  requireWritable(record.type, "update");
  updateRecord(writeOf(call), record, readMembers(call));
  return NO_CONTENT;
}

function readOne({ query, version }: Call, record: SObject): Answer {
  const fields = readFields(record.type, (query.get("fields") ?? "").split(","));
  return ok(presentRecord(record, { version, fields }));
}

function remove(call: Call, record: SObject): Answer {
  requireWritable(record.type, "delete");
  deleteRecord(writeOf(call), record);
  return NO_CONTENT;
}

function readByKey(call: Call): Answer {
  const type = typeOf(call);
  const { name, value } = keyOf(call);
  const bytes = bytesOf(call);
  if (bytes !== undefined) return bytes;
  const id = readRecordId(name);
  if (id?.startsWith(type.keyPrefix) === true) return readRelated(call, type, { id, name: value });
  return byKey(call, (record) => readOne(call, record));
}

function removeByKey(call: Call): Answer {
  return byKey(call, (record) => remove(call, record));
}

function upsert(call: Call): Answer {
  const type = typeOf(call);
  requireWritable(type, "update");
  const outcome = upsertRecord(writeOf(call), type, {
    ...keyOf(call),
    body: readMembers(call),
    updateOnly: call.query.get("updateOnly") === "true",
  });
  if (outcome.kind === "ambiguous") return choices(call, outcome.records);
  const created = outcome.kind === "created";
  if (!created && Number(call.version) < UPSERT_ANSWERS_SINCE) return NO_CONTENT;
  return { status: created ? 201 : 200, body: { id: outcome.record.id, success: true, errors: [], created } };
}

function byKey(call: Call, answer: (record: SObject) => Answer): Answer {
  const { records } = recordsByKey(call.org, typeOf(call), keyOf(call));
  const [record, ...others] = records;
  if (record === undefined) throw notFound();
  return others.length > 0 ? choices(call, records) : answer(record);
}

/** 300: several records have the key; the caller is told where they are. */
function choices({ version }: Call, records: readonly SObject[]): Answer {
  return { status: 300, body: records.map((record) => recordUrl(record, version)) };
}

/** The content of a field that holds bytes; undefined when the path asks for something else. */
function bytesOf(call: Call): Answer | undefined {
  const field = typeOf(call).field(param(call, "value"));
  if (field?.type !== "base64") return undefined;
  const { values } = requireRecord(call.org, typeOf(call), param(call, "field"));
  return ok(Buffer.from(String(values[field.name] ?? ""), "base64"));
}

function typeOf(call: Call): ObjectType {
  return requireType(call.org, param(call, "object"));
}

function recordOf(call: Call): SObject {
  return requireRecord(call.org, typeOf(call), param(call, "id"));
}

function keyOf(call: Call): { name: string; value: string } {
  return { name: param(call, "field"), value: param(call, "value") };
}
