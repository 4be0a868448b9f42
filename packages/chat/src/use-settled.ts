import { useEffect, useState } from "react";

/** True once `value` has been true for `milliseconds`, false at once: a stream that reconnects quickly alarms nobody. */
export function useSettled(value: boolean, milliseconds: number): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    if (!value) return () => setSettled(false);
    const timer = setTimeout(() => setSettled(true), milliseconds);
    return () => {
      clearTimeout(timer);
      setSettled(false);
    };
  }, [value, milliseconds]);
  return value && settled;
}
