import { requireRecord } from "../records/find-record.ts";
import { presentRecord, readFields } from "../rest/present-record.ts";
import { ok } from "../rest/resource.ts";
import type { Answer, Call } from "../rest/resource.ts";
import type { ObjectType } from "../schema/object-type.ts";
import { notFound } from "../salesforce-error.ts";
import { parentOf } from "./field-path.ts";
import { contextOf } from "./query-context.ts";
import { runQuery } from "./run-query.ts";
import { childrenOf } from "./select-records.ts";

const PAGE_SIZE = 2_000;

/**
 * What stands above or below a record under this name: `/sobjects/Account/{id}/Contacts` is a list in the form of a
 * query's answer, `/sobjects/Contact/{id}/Account` a record. Refuses (404) a name that leads nowhere.
 */
export function readRelated(call: Call, type: ObjectType, { id: given, name }: { id: string; name: string }): Answer {
  const { org, version, query } = call;
  const { userId } = call.caller;
  const record = requireRecord(org, type, given);
  const context = contextOf(org, { userId, version });
  const names = (query.get("fields") ?? "").split(",").filter((field) => field.trim() !== "");

  const below = childrenOf({ context, type }, name);
  if (below !== undefined) {
    const fields = names.length > 0 ? names : below.child.fields.map((field) => field.name);
    const found = runQuery(
      context,
      `SELECT ${fields.join(", ")} FROM ${below.child.name} WHERE ${below.lookup} = '${record.id}'`,
    );
    return ok(org.cursors.begin(found, { pageSize: PAGE_SIZE, userId, version }));
  }
  const lookup = type.fields.find(({ relationshipName }) => relationshipName?.toLowerCase() === name.toLowerCase());
  const above = lookup === undefined ? undefined : parentOf(context, record, lookup);
  if (above === undefined) throw notFound();
  return ok(presentRecord(above, { version, fields: readFields(above.type, names) }));
}
