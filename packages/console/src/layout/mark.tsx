import type { ReactNode } from "react";

/** The sign of the product. Decoration: its name stands beside it. */
export function Mark({ size }: { readonly size: number }): ReactNode {
  return <img src="/icon.svg" alt="" width={size} height={size} className="shrink-0" />;
}
