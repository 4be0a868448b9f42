import type { ReactNode } from "react";
import { initials } from "./initials.ts";

/** The person as a round sign with initials. Decoration: the name stands beside it. */
export function Avatar({ name }: { readonly name: string }): ReactNode {
  return (
    <span
      aria-hidden="true"
      className="forced-edge inline-flex size-9 shrink-0 items-center justify-center rounded-full bg-brand font-semibold text-on-brand"
    >
      {initials(name) || "#"}
    </span>
  );
}
