import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { asText, isObject } from "../../platform/guards.ts";
import { item, type Item } from "../../platform/storage.ts";
import { recordKey, refOfKey } from "../../sites/record-key.ts";

/** What a conversation is opened on: a record, perhaps with one of its numbers (E.164), or a number without any record. */
export type Subject =
  | { readonly kind: "record"; readonly ref: CrmRecordRef; readonly number: string | null }
  | { readonly kind: "number"; readonly number: string };

/** One text per record or number, for keys in storage and on the screen. The number chosen on a record is no other subject. */
export function subjectKey(subject: Subject): string {
  return subject.kind === "record" ? recordKey(subject.ref) : `number:${subject.number}`;
}

/**
 * What a person chose to see in the side panel of a window, whatever its tabs show; absent while it follows the tab. In the
 * browser's memory: a window has no past.
 */
export function chosenIn(windowId: number): Item<Subject> {
  return item("session", `chosen:${windowId}`, parse);
}

function parse(value: unknown): Subject | null {
  if (!isObject(value)) return null;
  const number = asText(value.number);
  if (value.kind === "number") return number === null ? null : { kind: "number", number };
  const { ref } = value;
  if (value.kind !== "record" || !isObject(ref)) return null;
  const known = refOfKey([ref.crm, ref.account, ref.type, ref.id].map(asText).join(":"));
  return known && { kind: "record", ref: known, number };
}
