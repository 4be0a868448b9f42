import { z } from "zod";
import { contextOf } from "../query/query-context.ts";
import { runQuery } from "../query/run-query.ts";
import type { SObject } from "../record-store.ts";
import { presentRecord } from "../rest/present-record.ts";
import { readShape } from "../rest/read-body.ts";
import { NO_CONTENT, ok, param } from "../rest/resource.ts";
import type { Answer, Call, Resource } from "../rest/resource.ts";
import { notFound, refused, SalesforceError } from "../salesforce-error.ts";
import { fieldFrom, integrity, metadataSchema } from "./custom-field.ts";

const bodySchema = z.object({ FullName: z.string(), Metadata: metadataSchema });
const FULL_NAME = /^(\w+)\.([A-Za-z]\w*)$/u;
const LONGEST_NAME = 40;

/** Of the Tooling API: making custom fields, and finding those that were made. */
export const TOOLING_RESOURCES: readonly Resource[] = [
  { method: "POST", path: "/tooling/sobjects/CustomField", handle: create },
  { method: "GET", path: "/tooling/sobjects/CustomField/:id", handle: (call) => ok(present(call)) },
  { method: "DELETE", path: "/tooling/sobjects/CustomField/:id", handle: remove },
  { method: "GET", path: "/tooling/query", handle: query },
];

function create(call: Call): Answer {
  const { org, caller } = call;
  const { FullName, Metadata } = readShape(bodySchema, call);
  const [, object = "", name = ""] = FULL_NAME.exec(FullName) ?? [];
  const isActivity = object.toLowerCase() === "activity";
  const type = org.schema.find(isActivity ? "Task" : object);
  if (type === undefined) {
    throw refused(
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      `Entity Enumeration Or ID: bad value for restricted picklist field: ${object}`,
      ["TableEnumOrId"],
    );
  }
  const developerName = name.replace(/__c$/u, "");
  if (!name.endsWith("__c") || developerName.length > LONGEST_NAME || developerName.includes("__")) {
    throw integrity(`Invalid fullName: ${FullName}. Custom fields must end in __c`);
  }
  if (type.field(name) !== undefined || org.customFields.has(object, name)) {
    throw refused("DUPLICATE_DEVELOPER_NAME", `There is already a field named ${developerName} on ${object}.`, [
      "FullName",
    ]);
  }
  const field = fieldFrom(name, Metadata);
  if (isActivity && Metadata.type === "LongTextArea") {
    throw integrity("Long text area fields are not supported on Activity");
  }
  if (isActivity && field.unique && !org.behaviour.allow_unique_activity_fields) {
    throw integrity("Unique fields are not supported on Activity");
  }
  const { id } = org.customFields.add(org, {
    object: isActivity ? "Activity" : type.name,
    field,
    userId: caller.userId,
  });
  org.note("CustomField.create", { method: call.method, path: call.url, id, full_name: FullName });
  return { status: 201, body: { id, success: true, errors: [], warnings: [], infos: [] } };
}

function find(call: Call): SObject {
  const record = call.org.customFields.find(param(call, "id"));
  if (record === undefined) throw notFound();
  return record;
}

function present(call: Call): Record<string, unknown> {
  return presentRecord(find(call), { version: call.version });
}

function remove(call: Call): Answer {
  call.org.customFields.remove(call.org, find(call));
  return NO_CONTENT;
}

function query({ org, caller, version, query: parameters }: Call): Answer {
  const soql = parameters.get("q");
  if (soql === null) throw new SalesforceError(400, "MALFORMED_QUERY", "A query string has to be specified");
  const context = { ...contextOf(org, { userId: caller.userId, version }), org: org.customFields };
  const { totalSize, records } = runQuery(context, soql);
  return ok({
    size: records.length,
    totalSize,
    done: true,
    queryLocator: null,
    entityTypeName: "CustomField",
    records,
  });
}
