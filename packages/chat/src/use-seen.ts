import { useEffect, useState } from "react";
import type { LocalMemory } from "./port.ts";

/**
 * Until when this conversation had been read before it was opened now (ISO 8601), for the divider, which is placed once
 * per visit; null while unknown. `latest` is the newest message on the screen and is remembered for the next visit.
 */
export function useSeen(memory: LocalMemory, key: string, latest: string | null): string | null {
  const [seen, setSeen] = useState<string | null>(null);
  const [loaded, setLoaded] = useState(false);
  useEffect(() => {
    let current = true;
    const load = async (): Promise<void> => {
      const kept = await memory.load(`seen ${key}`);
      if (!current) return;
      setSeen(kept || null);
      setLoaded(true);
    };
    void load();
    return () => {
      current = false;
    };
  }, [memory, key]);
  useEffect(() => {
    if (loaded && latest !== null) void memory.save(`seen ${key}`, latest);
  }, [memory, key, latest, loaded]);
  return seen;
}
