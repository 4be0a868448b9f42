import type { Org } from "../org.ts";
import type { SObject } from "../record-store.ts";
import { salesforceTime } from "../salesforce-time.ts";
import { lockedRows } from "./references.ts";
import { noteWrite } from "./save-record.ts";
import type { Write } from "./write.ts";

/** How long a record stays in the recycle bin. */
const RECYCLE_BIN_MS = 15 * 86_400_000;

/** Moves a record to the recycle bin, and with it what belongs to it. After 15 days it is gone for good. */
export function deleteRecord(write: Write, record: SObject): void {
  const { org } = write;
  org.locks.take([record.id, ...lockedRows(record.type, record.values)], write.unit, org.behaviour.row_lock_ms);
  const deletedAt = write.at;
  org.atomically(() => {
    for (const gone of withDependants(org, record, (found) => found.deletedAt === undefined)) {
      putAside(write, gone, deletedAt);
      org.clock.after(RECYCLE_BIN_MS, () => purgeIfStill(org, gone, deletedAt));
      noteWrite(write, "delete", gone, {});
    }
  });
}

/** Brings a record back from the recycle bin, with what went there along with it. */
export function undeleteRecord(write: Write, record: SObject): void {
  const { org } = write;
  org.atomically(() => {
    for (const found of withDependants(org, record, ({ deletedAt }) => deletedAt === record.deletedAt)) {
      putAside(write, found, undefined);
      noteWrite(write, "undelete", found, {});
    }
  });
}

/** Takes a record out for good, wherever it is, with what belongs to it. */
export function purgeRecord(write: Write, record: SObject): void {
  for (const found of withDependants(write.org, record, () => true)) {
    write.org.records.purge(found);
    noteWrite(write, "purge", found, {});
  }
}

function putAside({ org, userId, at }: Write, record: SObject, deletedAt: number | undefined): void {
  const now = salesforceTime(at);
  const stamps = { LastModifiedDate: now, LastModifiedById: userId, SystemModstamp: now };
  org.records.put({
    ...record,
    values: { ...record.values, ...stamps, IsDeleted: deletedAt !== undefined },
    deletedAt,
  });
}

function purgeIfStill(org: Org, { type, id }: SObject, deletedAt: number): void {
  const record = org.records.find(type, id);
  if (record?.deletedAt === deletedAt) org.records.purge(record);
}

/** A record and all that goes with it, each once. */
function withDependants(org: Org, root: SObject, counts: (record: SObject) => boolean): SObject[] {
  const found = new Map([[root.id, root]]);
  for (const record of found.values()) {
    for (const child of childrenOf(org, record)) if (counts(child)) found.set(child.id, child);
  }
  return [...found.values()];
}

function childrenOf(org: Org, parent: SObject): SObject[] {
  // The person and the account are one: deleting the account takes its contact along, and the other way round.
  const person = parent.type.name === "Contact" && parent.values["IsPersonAccount"] === true;
  const account = org.schema.object("Account");
  const ownAccount = person ? org.records.find(account, String(parent.values["AccountId"])) : undefined;
  const children = org.schema.list().flatMap((type) => {
    const fields = type.fields.filter((field) => field.cascadeDelete && field.referenceTo.includes(parent.type.name));
    if (fields.length === 0) return [];
    const all = org.records.all(type, { deleted: true });
    return all.filter(({ values }) => fields.some(({ name }) => values[name] === parent.id));
  });
  return ownAccount === undefined ? children : [ownAccount, ...children];
}
