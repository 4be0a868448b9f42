import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { useEffect, useState } from "react";
import { recordKey } from "../../sites/site.ts";
import { followTab } from "./tab-record.ts";

/** The record that is open in a tab; null when there is none, undefined until it is known. */
export function useTabRecord(tabId: number | null): CrmRecordRef | null | undefined {
  const [record, setRecord] = useState<CrmRecordRef | null | undefined>(tabId === null ? null : undefined);
  useEffect(() => {
    if (tabId === null) return;
    // The same record keeps its object, so that a new query in the address changes nothing.
    return followTab(tabId, (next) => setRecord((former) => (isSame(former, next) ? former : next)));
  }, [tabId]);
  return record;
}

function isSame(former: CrmRecordRef | null | undefined, next: CrmRecordRef | null): boolean {
  return Boolean(former && next && recordKey(former) === recordKey(next));
}
