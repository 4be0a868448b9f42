import type { ObjectType } from "./object-types.ts";
import type { Source } from "./source.ts";

/** What the search index knows of a record once it has come to it; `turn` (0 to 1) says how late among others. */
type IndexedVersion = { at: number; turn: number; properties: Readonly<Record<string, string>> };

/** How late the search index is: at least `lagMs`, and up to `jitterMs` more, so that changes overtake each other. */
export type IndexDelay = { lagMs: number; jitterMs: number };

/** A value that a property had, from a time on (ms since the epoch), and who set it. */
export type FormerValue = { value: string; at: number; by: Source };

/** A CRM record. Times are ms since the epoch; a property without a value is not there. */
export type CrmRecord = {
  readonly id: string;
  readonly type: ObjectType;
  properties: Readonly<Record<string, string>>;
  readonly createdAt: number;
  updatedAt: number;
  archivedAt: number | undefined;
  /** Latest last; the ones that no search can need any more are dropped. */
  versions: IndexedVersion[];
  /** The values of each property that was ever written, the newest first. */
  readonly history: Map<string, readonly FormerValue[]>;
};

/** The records of a portal, archived ones included, and the ids that merged records used to have. */
export class RecordStore {
  readonly #records = new Map<string, CrmRecord>();
  readonly #mergedInto = new Map<string, string>();

  add(record: CrmRecord): void {
    this.#records.set(key(record.type, record.id), record);
  }

  /** The record of this id or, where it was merged away, the record it lives on in. */
  find(type: ObjectType, id: string): CrmRecord | undefined {
    const survivor = this.#mergedInto.get(key(type, id));
    return survivor === undefined ? this.#records.get(key(type, id)) : this.find(type, survivor);
  }

  /** A record that is not archived. */
  live(type: ObjectType, id: string): CrmRecord | undefined {
    const record = this.find(type, id);
    return record?.archivedAt === undefined ? record : undefined;
  }

  /** Records of a type, oldest id first. */
  all(type: ObjectType, archived = false): CrmRecord[] {
    return [...this.#records.values()]
      .filter((record) => record.type === type && (record.archivedAt !== undefined) === archived)
      .sort((a, b) => Number(a.id) - Number(b.id));
  }

  /** The live record whose property holds exactly this value. */
  findByValue(type: ObjectType, name: string, value: string): CrmRecord | undefined {
    if (name === "hs_object_id") return this.live(type, value);
    for (const record of this.#records.values()) {
      if (record.type === type && record.archivedAt === undefined && record.properties[name] === value) return record;
    }
    return undefined;
  }

  /** Takes a record out for good. With `survivorId` its id leads to that record from now on. */
  remove(record: CrmRecord, survivorId?: string): void {
    this.#records.delete(key(record.type, record.id));
    if (survivorId !== undefined) this.#mergedInto.set(key(record.type, record.id), survivorId);
  }
}

/** Properties of a record as the search index sees them at `now`; undefined when it has not seen the record yet. */
export function indexedProperties(
  record: CrmRecord,
  now: number,
  { lagMs, jitterMs }: IndexDelay,
): Readonly<Record<string, string>> | undefined {
  return record.versions.findLast(({ at, turn }) => at + lagMs + turn * jitterMs <= now)?.properties;
}

/** Keeps what the record holds now for the search index, and drops what the index has long passed (`seenBy`). */
export function rememberVersion(record: CrmRecord, seenBy: number): void {
  const passed = record.versions.findLastIndex((version) => version.at <= seenBy);
  record.versions = record.versions.slice(Math.max(0, passed));
  record.versions.push({ at: record.updatedAt, turn: Math.random(), properties: record.properties });
}

function key(type: ObjectType, id: string): string {
  return `${type.id}/${id}`;
}
