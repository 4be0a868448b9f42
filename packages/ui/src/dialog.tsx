import { clsx } from "clsx";
import { useId, useLayoutEffect, useRef, type ReactNode } from "react";

/**
 * A native modal dialog, open as long as it is mounted: the browser keeps the focus inside and gives it back. `onClose`
 * is called when the person closes it by Esc, and must unmount it. The key itself is answered (`cancel`), not only the
 * `close` that follows it in a later task: between the two the focus is already back, and a press there would be lost.
 */
export function Dialog(props: {
  readonly title: string;
  /** Takes as much room as there is: for what is looked at, not filled in. */
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        props.onClose();
      }}
      onClose={(event) => (event.currentTarget.open ? undefined : props.onClose())}
      className={clsx(
        "m-auto w-[calc(100%-24px)] rounded border border-line bg-surface p-4 text-text shadow-over",
        props.wide ? "max-w-4xl" : "max-w-md",
      )}
    >
      <h2 id={titleId} className="mb-3 text-lg font-semibold">
        {props.title}
      </h2>
      {props.children}
    </dialog>
  );
}
