import { clsx } from "clsx";
import type { ReactNode } from "react";

/** "12/60" beside a label. */
export function Counter({ text, limit }: { readonly text: string; readonly limit: number }): ReactNode {
  return (
    <span className={clsx("tabular-nums", text.length > limit && "font-semibold text-error")}>
      {text.length}/{limit}
    </span>
  );
}
