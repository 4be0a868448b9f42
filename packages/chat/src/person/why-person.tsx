import type { RecordView } from "@aparte/core/record-view.ts";
import { Suspense, useId, useRef, useState, type ReactNode } from "react";
import type { PanelActions } from "../port.ts";
import { Reasons } from "../lazy-forms.ts";

export type WhyPersonProps = {
  /** Of the popover, for the button that opens it. */
  readonly id: string;
  readonly view: Extract<RecordView, { state: "ready" }>;
  readonly actions: PanelActions;
};

/**
 * Why this person stands here, where else they are, and the way to put it right. On the browser's own popover: it closes by
 * Esc or a press outside and gives the focus back by itself.
 */
export function WhyPerson({ id, view, actions }: WhyPersonProps): ReactNode {
  const titleId = useId();
  const popover = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <div
      ref={popover}
      id={id}
      popover="auto"
      role="dialog"
      aria-labelledby={titleId}
      onBeforeToggle={(event) => setOpen(event.newState === "open")}
      className="menu-popover m-0 max-h-[70vh] w-80 max-w-[calc(100%-16px)] overflow-y-auto rounded border border-line bg-field p-3 text-sm text-text shadow-over"
    >
      <Suspense>
        {open ? <Reasons {...{ titleId, view, actions }} close={() => popover.current?.hidePopover()} /> : null}
      </Suspense>
    </div>
  );
}
