import { useEffect, useState } from "react";
import { recordKey } from "../../sites/record-key.ts";
import type { Subject } from "./subject.ts";
import { followTab } from "./tab-record.ts";

/** The record that is open in a tab; null when there is none, undefined until it is known. */
export function useTabRecord(tabId: number): Subject | null | undefined {
  const [subject, setSubject] = useState<Subject | null>();
  useEffect(
    () =>
      followTab(tabId, (ref) =>
        // The same record keeps its object, so that a new query in the address changes nothing.
        setSubject((former) => {
          if (ref === null) return null;
          const same = former?.kind === "record" && recordKey(former.ref) === recordKey(ref);
          return same ? former : { kind: "record", ref, number: null };
        }),
      ),
    [tabId],
  );
  return subject;
}
