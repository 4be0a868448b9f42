import { clsx } from "clsx";
import type { ReactNode } from "react";

/** One subject of a page: its name, its state and actions beside the name, and its content. `id` is its place in the address. */
export function Card(props: {
  readonly id: string;
  readonly title: string;
  readonly icon: ReactNode;
  /** How things stand, in one or two words. */
  readonly state?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}): ReactNode {
  const { id, title, icon, state, actions, className, children } = props;
  return (
    <section
      aria-labelledby={id}
      className={clsx("flex min-w-0 flex-col gap-4 rounded border border-line bg-card p-4 sm:p-5", className)}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="text-brand">{icon}</span>
        <h2 id={id} tabIndex={-1} className="scroll-mt-4 text-lg font-semibold">
          {title}
        </h2>
        {state}
        {actions ? <div className="ms-auto flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      {children}
    </section>
  );
}
