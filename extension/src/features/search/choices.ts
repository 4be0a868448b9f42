import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { SearchHit, SearchView } from "@aparte/core/crm-match.ts";
import { recordKey } from "../../sites/record-key.ts";
import type { Subject } from "../record/subject.ts";

/** One line to choose in what a search brought. */
export type Choice = {
  /** Unlike every other of the list, and fit for an id on the page. */
  readonly key: string;
  readonly subject: Subject;
  /** Null for a bare number. */
  readonly name: string | null;
  readonly ref: CrmRecordRef | null;
  readonly detail: string;
  readonly number: string | null;
};

/** What can be chosen: numbers that the words themselves may be, then people and records. */
export function choicesOf({ hits, numbers }: SearchView): Choice[] {
  const typed = numbers.map(({ e164, display }): Choice => {
    return { ...numberChoice(e164), name: null, ref: null, detail: "", number: display };
  });
  return [...typed, ...hits.flatMap(hitChoice)];
}

/** A person without a number and without a record cannot be opened. */
function hitChoice({ record, name, detail, numbers }: SearchHit): Choice[] {
  const [number] = numbers;
  const shown = { name, detail, number: number?.display ?? null };
  if (record) {
    const subject = { kind: "record", ref: record.ref, number: number?.e164 ?? null } as const;
    return [{ key: recordKey(record.ref).replaceAll(/[^\w-]/g, "_"), subject, ref: record.ref, ...shown }];
  }
  return number ? [{ ...numberChoice(number.e164), ref: null, ...shown }] : [];
}

function numberChoice(e164: string): Pick<Choice, "key" | "subject"> {
  return { key: e164.slice(1), subject: { kind: "number", number: e164 } };
}
