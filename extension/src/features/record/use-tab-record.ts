import { useEffect, useRef, useState } from "react";
import { recordKey } from "../../sites/record-key.ts";
import type { Subject } from "./subject.ts";
import { followTab, isUpToDate } from "./tab-record.ts";

/** Records that follow each other faster, in milliseconds, are passed by: nobody reads them. */
const passing = 250;

/**
 * The record that stays open in a tab; null when there is none, undefined until it is known and while records are passed by.
 * Nothing is asked about a record that the tab has left already.
 */
export function useTabRecord(tabId: number): Subject | null | undefined {
  const noted = useNotedRecord(tabId);
  const [calm, setCalm] = useState<Subject | null>();
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (noted === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const settle = async (): Promise<void> => {
      const upToDate = await isUpToDate(tabId);
      if (left) return;
      if (upToDate) setCalm(noted);
      else timer = setTimeout(() => void settle(), passing);
    };
    const now = performance.now();
    if (now - changedAt.current < passing) timer = setTimeout(() => void settle(), passing);
    else void settle();
    changedAt.current = now;
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [tabId, noted]);
  return calm === noted ? calm : undefined;
}

/** As the background noted it last. */
function useNotedRecord(tabId: number): Subject | null | undefined {
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
