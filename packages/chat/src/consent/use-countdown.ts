import { useEffect, useState } from "react";
import { fullTime, passed, type Countdown } from "./countdown.ts";

/** Often enough (ms) that a second is never shown twice as long as another. */
const step = 200;

/** The time in which something can be taken back, from the first drawing on; `held` stops it. */
export function useCountdown(held: boolean): Countdown {
  const [countdown, setCountdown] = useState(fullTime);
  const over = countdown.left === 0;
  useEffect(() => {
    if (over) return undefined;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const milliseconds = now - last;
      last = now;
      setCountdown((before) => passed(before, milliseconds, held));
    }, step);
    return () => clearInterval(timer);
  }, [over, held]);
  return countdown;
}
