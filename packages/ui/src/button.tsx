import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

export type ButtonProps = Omit<ComponentProps<"button">, "disabled"> & {
  readonly tone?: "brand" | "plain" | "link";
  /**
   * Looks and reads as unavailable but stays in reach, so that pressing it can say why. Give the reason through
   * `aria-describedby`.
   */
  readonly unavailable?: boolean;
};

const tones = {
  brand: "min-h-8.5 rounded px-3.5 font-semibold bg-brand text-on-brand hover:brightness-110",
  plain: "min-h-8.5 rounded px-3.5 font-semibold border border-edge bg-surface text-text hover:bg-veil",
  link: "min-h-6 rounded-sm px-0.5 font-semibold underline underline-offset-2 hover:decoration-2",
};

/** A button; `brand` is the one thing to do here, `plain` is beside it, `link` stands inside a sentence. */
export function Button({ tone = "plain", unavailable = false, className, ...rest }: ButtonProps): ReactNode {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={unavailable || undefined}
      className={clsx(
        "forced-edge inline-flex items-center justify-center gap-1.5",
        tones[tone],
        unavailable && "opacity-55 hover:brightness-100",
        className,
      )}
    />
  );
}
