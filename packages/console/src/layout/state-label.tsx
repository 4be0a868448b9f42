import { clsx } from "clsx";
import type { ReactNode } from "react";

/** How good the news is. The words say it too: colour alone tells nothing. */
export type Mood = "good" | "waiting" | "bad" | "neutral";

const dots = { good: "bg-live", waiting: "bg-on-warning", bad: "bg-error", neutral: "bg-edge" };

/** A state in words, with a dot that can be seen from afar. */
export function StateLabel({ mood, children }: { readonly mood: Mood; readonly children: ReactNode }): ReactNode {
  return (
    <span className="inline-flex items-center gap-1.5 text-sm whitespace-nowrap">
      <span aria-hidden="true" className={clsx("forced-edge size-2 shrink-0 rounded-full", dots[mood])} />
      <span>{children}</span>
    </span>
  );
}
