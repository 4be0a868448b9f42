import type { ReactNode } from "react";

/** "12/60" beside a label. */
export function Counter({ text, limit }: { readonly text: string; readonly limit: number }): ReactNode {
  return (
    <span className={text.length > limit ? "font-semibold text-error" : undefined}>
      {text.length}/{limit}
    </span>
  );
}
