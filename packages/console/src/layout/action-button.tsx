import { Button, type ButtonProps } from "@aparte/ui/button.tsx";
import type { ReactNode } from "react";

/** A button for what takes a moment: pressed again meanwhile, it does nothing, and it keeps the focus. */
export function ActionButton({
  busy,
  onPress,
  ...rest
}: Omit<ButtonProps, "onClick" | "unavailable"> & {
  readonly busy: boolean;
  readonly onPress: () => void;
}): ReactNode {
  return (
    <Button
      {...rest}
      unavailable={busy}
      onClick={() => {
        if (!busy) onPress();
      }}
    />
  );
}
