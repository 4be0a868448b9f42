import { clsx } from "clsx";
import { useId, type ComponentProps, type ReactNode } from "react";

export type FieldProps = {
  readonly label: ReactNode;
  /** Where the value comes from, or what belongs here. */
  readonly hint?: ReactNode;
  /** Why the value cannot stay as it is. */
  readonly error?: ReactNode;
  /** Draws the control with the ids that tie it to its words. */
  readonly children: (control: ControlProps) => ReactNode;
};

export type ControlProps = {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
};

/** A labelled control with its hint and its error, tied together for screen readers. */
export function Field({ label, hint, error, children }: FieldProps): ReactNode {
  const id = useId();
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div className="flex flex-col gap-0.5">
      <label htmlFor={id} className="text-sm text-muted">
        {label}
      </label>
      {children({ id, "aria-describedby": describedBy || undefined, "aria-invalid": error ? true : undefined })}
      {error ? (
        <p id={`${id}-error`} className="text-sm text-error">
          {error}
        </p>
      ) : null}
      {hint ? (
        <div id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </div>
      ) : null}
    </div>
  );
}

const box =
  "w-full rounded border border-edge bg-field px-2.5 py-1.5 text-text placeholder:text-muted aria-invalid:border-error";

export function TextInput({ className, ...rest }: ComponentProps<"input">): ReactNode {
  return <input {...rest} className={clsx(box, "min-h-8.5", className)} />;
}

/** Grows with its text, up to the height that `className` allows. */
export function TextArea({ className, ...rest }: ComponentProps<"textarea">): ReactNode {
  return <textarea {...rest} className={clsx(box, "field-sizing-content resize-none", className)} />;
}

export function Select({ className, ...rest }: ComponentProps<"select">): ReactNode {
  return <select {...rest} className={clsx(box, "min-h-8.5", className)} />;
}
