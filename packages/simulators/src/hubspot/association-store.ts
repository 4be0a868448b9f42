import { associationType, defaultAssociationType } from "./association-types.ts";
import type { AssociationType } from "./association-types.ts";
import type { ObjectType, ObjectTypeName } from "./object-types.ts";
import type { CrmRecord } from "./record-store.ts";

/** A record that another is associated with, and how. */
export type Associated = { type: ObjectType; id: string; associationTypes: readonly AssociationType[] };

type Ends = Map<string, { type: ObjectType; id: string; typeIds: Set<number> }>;
type RecordRef = Pick<CrmRecord, "type" | "id">;

/** Which records are associated with which. Every association is kept from both ends, as HubSpot does. */
export class AssociationStore {
  readonly #byRecord = new Map<string, Ends>();

  /**
   * Associates two records; associating them again in the same way changes nothing. A labelled association brings the
   * unlabelled one with it, and a new primary company takes that label from the former, which stays associated.
   */
  add(from: RecordRef, to: RecordRef, type: AssociationType): void {
    const unlabelled = defaultAssociationType(from.type, to.type);
    if (type.label !== null && unlabelled !== undefined) {
      const reverse = associationType(to.type, from.type, type.reverseId);
      if (type.to === "companies") this.#dropLabel(from, to.type, type);
      else if (reverse?.to === "companies") this.#dropLabel(to, from.type, reverse);
      this.#link(from, to, unlabelled);
    }
    this.#link(from, to, type);
  }

  /** Takes one association type between two records away or, with the type left out, all of them. */
  remove(from: RecordRef, to: RecordRef, type?: AssociationType): void {
    this.#removeOneWay(from, to, type?.id);
    this.#removeOneWay(to, from, type?.reverseId);
  }

  /** The records of a type that this one is associated with, in the order in which they were. */
  list(from: RecordRef, to: ObjectType): Associated[] {
    return this.all(from).filter((end) => end.type === to);
  }

  all(from: RecordRef): Associated[] {
    const ends = this.#byRecord.get(key(from));
    return [...(ends?.values() ?? [])].map(({ type, id, typeIds }) => ({
      type,
      id,
      associationTypes: [...typeIds].flatMap((typeId) => associationType(from.type, type, typeId) ?? []),
    }));
  }

  /** Ids of all associated records by type name, for a report on a record. */
  idsByType(from: RecordRef): Partial<Record<ObjectTypeName, string[]>> {
    const ids: Partial<Record<ObjectTypeName, string[]>> = {};
    for (const end of this.all(from)) (ids[end.type.name] ??= []).push(end.id);
    return ids;
  }

  /** Gives all associations of one record to another, and leaves it with none. */
  move(from: RecordRef, to: RecordRef): void {
    for (const end of this.all(from)) {
      for (const type of end.associationTypes) if (end.id !== to.id) this.add(to, end, type);
    }
    this.clear(from);
  }

  clear(record: RecordRef): void {
    for (const end of this.all(record)) this.remove(record, end);
    this.#byRecord.delete(key(record));
  }

  #link(from: RecordRef, to: RecordRef, type: AssociationType): void {
    this.#ends(from, to).typeIds.add(type.id);
    this.#ends(to, from).typeIds.add(type.reverseId);
  }

  #dropLabel(from: RecordRef, to: ObjectType, type: AssociationType): void {
    for (const end of this.list(from, to)) this.remove(from, end, type);
  }

  #ends(from: RecordRef, to: RecordRef): { typeIds: Set<number> } {
    const ends: Ends = this.#byRecord.get(key(from)) ?? new Map();
    this.#byRecord.set(key(from), ends);
    const end = ends.get(key(to)) ?? { type: to.type, id: to.id, typeIds: new Set() };
    ends.set(key(to), end);
    return end;
  }

  #removeOneWay(from: RecordRef, to: RecordRef, typeId?: number): void {
    const ends = this.#byRecord.get(key(from));
    const end = ends?.get(key(to));
    if (ends === undefined || end === undefined) return;
    if (typeId === undefined) end.typeIds.clear();
    else end.typeIds.delete(typeId);
    if (end.typeIds.size === 0) ends.delete(key(to));
  }
}

function key({ type, id }: RecordRef): string {
  return `${type.id}/${id}`;
}
