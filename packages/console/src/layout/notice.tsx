import { clsx } from "clsx";
import { CircleAlert, CircleCheck, Info } from "lucide-react";
import type { ReactNode } from "react";

const tones = {
  good: { sign: CircleCheck, colours: "bg-chosen text-text" },
  plain: { sign: Info, colours: "bg-veil text-text" },
  warning: { sign: CircleAlert, colours: "bg-warning text-on-warning" },
};

/** One thing to know, inside a card or above a form. `actions` are what can be done about it. */
export function Notice(props: {
  readonly tone: keyof typeof tones;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}): ReactNode {
  const { sign: Sign, colours } = tones[props.tone];
  return (
    <div className={clsx("forced-edge flex flex-wrap items-start gap-x-3 gap-y-2 rounded px-3 py-2.5", colours)}>
      <Sign aria-hidden="true" size={16} className="mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1 basis-44">{props.children}</div>
      {props.actions}
    </div>
  );
}
