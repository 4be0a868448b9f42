import { clsx } from "clsx";
import type { ReactNode } from "react";

const tones = {
  warning: "bg-warning text-on-warning",
  plain: "bg-surface text-text",
  error: "bg-surface text-error",
};

/** A bar across the surface that says one thing. `children` are its words, `actions` what can be done about it. */
export function Banner(props: {
  readonly tone: keyof typeof tones;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}): ReactNode {
  return (
    <div className={clsx("flex items-start gap-2 border-b border-line px-3 py-2 text-sm", tones[props.tone])}>
      {props.icon ? <span className="mt-0.5 shrink-0">{props.icon}</span> : null}
      <div className="min-w-0 grow">{props.children}</div>
      {props.actions}
    </div>
  );
}
