import type { CrmName, CrmRecordRef, RecordType } from "@aparte/core/crm-record.ts";

/** One text per record, for keys in storage. Two records are the same exactly when their keys are. */
export function recordKey(ref: CrmRecordRef): string {
  return `${ref.crm}:${ref.account}:${ref.type}:${ref.id}`;
}

// Said once more than in core, whose own lists come with a schema library.
const crms: Readonly<Record<CrmName, true>> = { hubspot: true, salesforce: true };
const types: Readonly<Record<RecordType, true>> = {
  contact: true,
  lead: true,
  company: true,
  deal: true,
  ticket: true,
};

/** The record with this key; null when the text is none. */
export function refOfKey(key: string): CrmRecordRef | null {
  const [crm = "", account, type = "", id, ...rest] = key.split(":");
  if (!isIn(crms, crm) || !isIn(types, type) || !account || !id || rest.length > 0) return null;
  return { crm, account, type, id };
}

function isIn<Name extends string>(names: Readonly<Record<Name, true>>, text: string): text is Name {
  return Object.hasOwn(names, text);
}
