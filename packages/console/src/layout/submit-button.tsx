import { Button } from "@aparte/ui/button.tsx";
import type { ReactNode } from "react";

/** Sends the form around it. While that is under way it says so and cannot be pressed again. */
export function SubmitButton(props: {
  readonly busy: boolean;
  readonly busyWords: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Button tone="brand" type="submit" unavailable={props.busy}>
      {props.busy ? props.busyWords : props.children}
    </Button>
  );
}
