import { useCallback, useEffect, useRef, useState } from "react";
import type { LocalMemory } from "./port.ts";

export type Draft = {
  readonly text: string;
  readonly saved: boolean;
  readonly setText: (text: string) => void;
};

const pause = 300;

/**
 * The unsent text of one conversation, kept on this machine: written after a short pause in typing, and at once when the
 * panel goes away. What is typed before the kept text arrives wins over it.
 */
export function useDraft(memory: LocalMemory, key: string): Draft {
  const [text, show] = useState("");
  const [saved, setSaved] = useState(false);
  const unsaved = useRef<string | null>(null);
  const touched = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const save = useCallback(async () => {
    const pending = unsaved.current;
    if (pending === null) return;
    unsaved.current = null;
    await memory.save(`draft ${key}`, pending);
    setSaved(pending !== "" && unsaved.current === null);
  }, [memory, key]);

  useEffect(() => {
    let current = true;
    const load = async (): Promise<void> => {
      const kept = await memory.load(`draft ${key}`);
      if (!current || touched.current || kept === "") return;
      show(kept);
      setSaved(true);
    };
    void load();
    const saveNow = (): void => void save();
    window.addEventListener("pagehide", saveNow);
    return () => {
      current = false;
      window.removeEventListener("pagehide", saveNow);
      saveNow();
    };
  }, [memory, key, save]);

  const setText = (next: string): void => {
    touched.current = true;
    unsaved.current = next;
    setSaved(false);
    show(next);
    clearTimeout(timer.current);
    // A text that was sent must not come back after a crash.
    if (next === "") void save();
    else timer.current = setTimeout(() => void save(), pause);
  };
  return { text, saved, setText };
}
