import type { FieldValue } from "./schema/field.ts";
import type { ObjectType } from "./schema/object-type.ts";

/**
 * A record. `values` has every field that was ever set, by its name as the schema spells it and in the form in which
 * the API answers it (ids of 18 characters, datetimes as `2026-11-22T09:14:00.000+0000`, which sort as text); a field
 * that is not there is null. Records are never changed: a write puts a new one in the place of the old.
 */
export type SObject = {
  readonly id: string;
  readonly type: ObjectType;
  readonly values: Readonly<Record<string, FieldValue>>;
  /** When it went to the recycle bin, in ms since the epoch. */
  readonly deletedAt: number | undefined;
};

/** The records of an org, those in the recycle bin included. */
export class RecordStore {
  readonly #byType = new Map<string, Map<string, SObject>>();
  #undo: (() => void)[] | undefined;

  /** Puts a record in the place of the one with the same id. */
  put(record: SObject): void {
    const records = this.#of(record.type);
    const before = records.get(record.id);
    records.set(record.id, record);
    this.#undo?.push(() => (before === undefined ? records.delete(record.id) : records.set(before.id, before)));
  }

  /** The record of this id (18 characters), wherever it is. */
  find(type: ObjectType, id: string): SObject | undefined {
    return this.#of(type).get(id);
  }

  /** A record that is not in the recycle bin. */
  live(type: ObjectType, id: string): SObject | undefined {
    const record = this.find(type, id);
    return record?.deletedAt === undefined ? record : undefined;
  }

  /** Records of a type in the order of creation; with `deleted`, those in the recycle bin as well. */
  all(type: ObjectType, { deleted = false }: { deleted?: boolean } = {}): SObject[] {
    return [...this.#of(type).values()].filter((record) => deleted || record.deletedAt === undefined);
  }

  /** Live records whose field has exactly this value; without regard to case unless the field is case-sensitive. */
  withValue(type: ObjectType, name: string, value: FieldValue): SObject[] {
    const isCaseSensitive = type.field(name)?.caseSensitive === true;
    const key = (given: FieldValue | undefined) =>
      typeof given === "string" && !isCaseSensitive ? given.toLowerCase() : given;
    const wanted = key(value);
    return this.all(type).filter((record) => key(record.values[name]) === wanted);
  }

  /** Takes a record out for good. */
  purge(record: SObject): void {
    const records = this.#of(record.type);
    if (!records.delete(record.id)) return;
    this.#undo?.push(() => records.set(record.id, record));
  }

  /** Does `work` wholly or not at all: when it throws, every change it made is taken back. Nests. */
  atomically<T>(work: () => T): T {
    const outer = this.#undo;
    const undo: (() => void)[] = [];
    this.#undo = undo;
    try {
      const result = work();
      outer?.push(...undo);
      return result;
    } catch (error) {
      for (const step of undo.toReversed()) step();
      throw error;
    } finally {
      this.#undo = outer;
    }
  }

  #of(type: ObjectType): Map<string, SObject> {
    const found = this.#byType.get(type.name);
    if (found !== undefined) return found;
    const records = new Map<string, SObject>();
    this.#byType.set(type.name, records);
    return records;
  }
}
