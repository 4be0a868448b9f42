import { useEffect, useState } from "react";

/**
 * The time, read again at every whole `step` (milliseconds) that is left until `anchor`; without an anchor, every step.
 * So a countdown to the anchor changes exactly when its number does, and nothing runs in between.
 */
export function useNow(clock: () => Date, step: number, anchor: string | null = null): Date {
  const [now, setNow] = useState(clock);
  const [lastAnchor, setLastAnchor] = useState(anchor);
  // A new anchor was set just now: counted from the last reading it would seem further away than it is.
  if (lastAnchor !== anchor) {
    setLastAnchor(anchor);
    setNow(clock());
  }
  useEffect(() => {
    const left = anchor === null ? 0 : Date.parse(anchor) - now.getTime();
    const wait = left > 0 ? left % step || step : step;
    const timer = setTimeout(() => setNow(clock()), wait);
    return () => clearTimeout(timer);
  }, [clock, step, anchor, now]);
  return now;
}
