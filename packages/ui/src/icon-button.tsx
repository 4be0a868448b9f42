import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

/** How a button looks that shows only a picture, for components that draw their own button. */
export const iconButtonClass =
  "inline-flex size-8 shrink-0 items-center justify-center rounded-full text-muted hover:bg-veil hover:text-text";

/** A button that shows only a picture: 32 px, with its name for tooltips and screen readers. */
export function IconButton({
  label,
  className,
  ...rest
}: ComponentProps<"button"> & { readonly label: string }): ReactNode {
  return (
    <button type="button" aria-label={label} title={label} {...rest} className={clsx(iconButtonClass, className)} />
  );
}
