import { useWords } from "@aparte/i18n/words-context.tsx";
import { Banner } from "@aparte/ui/banner.tsx";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { guardTouch, type Blocked, type TouchGuard } from "./touch-guard.ts";

const noticeTime = 6_000;

/** Guards the whole page, and says so when a press was held back. */
export function GuardNotice({ shown }: { readonly shown: boolean }): ReactNode {
  const { t } = useWords();
  const guard = useRef<TouchGuard | null>(null);
  const [blocked, setBlocked] = useState<Blocked | null>(null);
  useEffect(() => {
    const started = guardTouch(document.documentElement, setBlocked);
    guard.current = started;
    return () => started.stop();
  }, []);
  useEffect(() => guard.current?.setShown(shown), [shown]);
  useEffect(() => {
    if (blocked === null) return;
    const timer = setTimeout(() => setBlocked(null), noticeTime);
    return () => clearTimeout(timer);
  }, [blocked]);
  return <div role="alert">{blocked ? <Banner tone="warning">{t(`guard.${blocked}`)}</Banner> : null}</div>;
}
