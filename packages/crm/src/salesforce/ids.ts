import { recordTypes, type CrmRecordRef, type RecordType } from "@aparte/core/crm-record.ts";
import { objects } from "./objects.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/**
 * The form of an id that survives being compared without regard to case: to the 15 characters come three, each of which
 * tells which of five characters are upper case. Anything else is given back as it is.
 */
export function longId(id: string): string {
  if (!/^[A-Za-z0-9]{15}$/u.test(id)) return id;
  const suffix = [id.slice(0, 5), id.slice(5, 10), id.slice(10)].map((five) => {
    const bits = Array.from(five, (character, place) => (/[A-Z]/u.test(character) ? 2 ** place : 0));
    return alphabet[bits.reduce((sum, bit) => sum + bit, 0)] ?? "";
  });
  return id + suffix.join("");
}

/** The record with this id, by the three characters that every type of record begins with; null for another type. */
export function refOf(account: string, id: string): CrmRecordRef | null {
  const type = recordTypes.find((candidate) => id.startsWith(objects[candidate].keyPrefix));
  return type === undefined ? null : refTo(account, type, id);
}

export function refTo(account: string, type: RecordType, id: string): CrmRecordRef {
  return { crm: "salesforce", account, type, id: longId(id) };
}

/** Whether Salesforce could have such a record at all; it refuses a whole query for one id that is none. */
export function isIdOf(type: RecordType, id: string): boolean {
  return /^(?:[A-Za-z0-9]{15}|[A-Za-z0-9]{18})$/u.test(id) && id.startsWith(objects[type].keyPrefix);
}

/** A colleague; what belongs to a queue has another kind of owner, who cannot own an entry of ours. */
export function isUserId(id: string): boolean {
  return id.startsWith("005");
}
