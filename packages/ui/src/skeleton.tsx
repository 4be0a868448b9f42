import { clsx } from "clsx";
import type { ReactNode } from "react";

/** A grey place where something will stand. Give it the size of what comes. */
export function Skeleton({ className }: { readonly className: string }): ReactNode {
  return <span aria-hidden="true" className={clsx("forced-edge block animate-pulse rounded bg-veil", className)} />;
}
