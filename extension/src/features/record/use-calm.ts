import { useLayoutEffect, useRef, useState } from "react";

/** Records that follow each other faster, in milliseconds, are passed by: nobody reads them and nothing is asked about them. */
const passing = 250;

/** What is open, once it stays: the first at once, one of a quick row only when it is the last. Undefined in between. */
export function useCalm<Subject extends object>(subject: Subject | null | undefined): Subject | null | undefined {
  const [calm, setCalm] = useState(subject);
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  useLayoutEffect(() => {
    if (subject === undefined) return;
    const now = performance.now();
    const quick = now - changedAt.current < passing;
    changedAt.current = now;
    const timer = setTimeout(() => setCalm(subject), quick ? passing : 0);
    return () => clearTimeout(timer);
  }, [subject]);
  return calm === subject ? calm : undefined;
}
