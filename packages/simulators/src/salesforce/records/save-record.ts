import type { SObject } from "../record-store.ts";
import { refused } from "../salesforce-error.ts";
import { salesforceTime } from "../salesforce-time.ts";
import type { ObjectType } from "../schema/object-type.ts";
import { refuseLikelyDuplicate } from "./duplicate-rule.ts";
import { readValues, requireValues } from "./read-values.ts";
import type { Given, Values } from "./read-values.ts";
import { checkReferences, lockedRows, refuseDuplicates } from "./references.ts";
import type { Draft } from "./rule.ts";
import { RULES } from "./rules.ts";
import type { Write } from "./write.ts";

/** Creates a record. Refused (400) as a whole: then nothing is created. */
export function createRecord(write: Write, type: ObjectType, body: Given): SObject {
  const given = readValues(write.org, type, body, "create");
  refuseLikelyDuplicate(write, type, given);
  return insertRecord(write, type, given);
}

/** Creates a record from values that were read already: also what Salesforce itself creates, such as a file's document. */
export function insertRecord(
  write: Write,
  type: ObjectType,
  given: Values,
  id = write.org.ids.next(type.keyPrefix),
): SObject {
  const { userId } = write;
  const now = salesforceTime(write.at);
  const owner = type.field("OwnerId") === undefined ? {} : { OwnerId: userId };
  const values: Values = {
    ...defaultsOf(type),
    ...owner,
    ...present(given),
    Id: id,
    CreatedDate: now,
    CreatedById: userId,
  };
  return save(write, { org: write.org, at: write.at, type, id, values, given, before: undefined });
}

/** Changes fields of a record; those not named stay. */
export function updateRecord(write: Write, before: SObject, body: Given): SObject {
  return changeRecord(write, before, readValues(write.org, before.type, body, "update"));
}

/** Changes a record by values that were read already. */
export function changeRecord(write: Write, before: SObject, given: Values): SObject {
  const { id, type } = before;
  return save(write, { org: write.org, at: write.at, type, id, values: { ...before.values, ...given }, given, before });
}

function save(write: Write, draft: Draft): SObject {
  const { org, userId } = write;
  const { type, id, before, given } = draft;
  const rule = RULES[type.name] ?? {};
  const now = salesforceTime(write.at);
  const values = {
    ...draft.values,
    ...rule.derive?.(draft),
    LastModifiedDate: now,
    LastModifiedById: userId,
    SystemModstamp: now,
  };
  requireValues(type, values);
  applyOwnRule(write, type, values);
  checkReferences(org, type, given);
  refuseDuplicates(org, type, given, id);
  const rows = lockedRows(type, values, before?.values ?? {});
  org.locks.take(before === undefined ? rows : [id, ...rows], write.unit, org.behaviour.row_lock_ms);
  return org.atomically(() => {
    const saved: SObject = { id, type, values, deletedAt: undefined };
    org.records.put(saved);
    noteWrite(write, before === undefined ? "create" : "update", saved, { fields: given });
    rule.after?.({
      write,
      record: saved,
      given,
      before,
      insert: (otherType, otherGiven, otherId) => insertRecord(write, otherType, otherGiven, otherId),
      change: (other, otherGiven) => changeRecord(write, other, otherGiven),
    });
    return org.records.find(type, id) ?? saved;
  });
}

/** Refuses (400) what the org's own rule does not let pass. */
function applyOwnRule({ org }: Write, type: ObjectType, values: Values): void {
  const rule = org.behaviour.validation_rule;
  const isMet = rule?.object !== type.name || (values[rule.field] ?? null) !== null;
  if (rule !== null && !isMet) throw refused("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.message, [rule.field]);
}

/** Writes an accepted change of a record into the ledger. */
export function noteWrite(write: Write, verb: string, record: SObject, facts: Record<string, unknown>): void {
  const { method, url, userId, client } = write;
  write.org.note(`${record.type.name}.${verb}`, {
    method,
    path: url,
    object: record.type.name,
    id: record.id,
    user_id: userId,
    ...(client === undefined ? {} : { client }),
    ...facts,
  });
}

/** What a new record has before anything is given to it. */
export function defaultsOf(type: ObjectType): Values {
  return Object.fromEntries(
    type.fields.flatMap(({ name, defaultValue }) => (defaultValue === null ? [] : [[name, defaultValue] as const])),
  );
}

/** An empty value in a new record is as good as none: the default comes in its place. */
function present(given: Values): Values {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}
