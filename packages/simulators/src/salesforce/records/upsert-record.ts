import type { SObject } from "../record-store.ts";
import { notFound } from "../salesforce-error.ts";
import type { ObjectType } from "../schema/object-type.ts";
import { recordsByKey } from "./find-record.ts";
import { notInBody, readValues } from "./read-values.ts";
import type { Given } from "./read-values.ts";
import { insertRecord, updateRecord } from "./save-record.ts";
import type { Write } from "./write.ts";

/** The key that names a record, what it is to hold, and whether a record that is not there may be created. */
export type UpsertInput = { name: string; value: string; body: Given; updateOnly: boolean };

export type UpsertOutcome =
  | { kind: "created" | "updated"; record: SObject }
  /** Several records have the key, and nothing was written. */
  | { kind: "ambiguous"; records: readonly SObject[] };

/** Changes the record that has this key, or creates it with the key. The body must not name the key itself. */
export function upsertRecord(write: Write, type: ObjectType, input: UpsertInput): UpsertOutcome {
  const { field, value, records } = recordsByKey(write.org, type, input);
  const named = Object.keys(input.body).find((name) => name.toLowerCase() === field.name.toLowerCase());
  if (named !== undefined) throw notInBody(field.name);
  const [record, ...others] = records;
  if (record !== undefined && others.length > 0) return { kind: "ambiguous", records };
  if (record !== undefined) return { kind: "updated", record: updateRecord(write, record, input.body) };
  if (input.updateOnly || field.name === "Id") throw notFound();
  const given = { ...readValues(write.org, type, input.body, "create"), [field.name]: value };
  return { kind: "created", record: insertRecord(write, type, given) };
}
