import { useState } from "react";
import type { Correction, PanelActions } from "../port.ts";

/** The last thing that was said of a number, and whether it got through. */
export type Said = Correction & {
  readonly state: "saved" | "failed";
  /** Tells two of them apart. */ readonly turn: number;
};

export type Corrections = {
  /** The panel's actions, with corrections remembered. */
  readonly actions: PanelActions;
  /** Null while nothing was said here. */
  readonly said: Said | null;
  readonly dismiss: () => void;
};

/** Remembers what was last said of a number, so that it can be taken back. Outlives the conversation that it ends. */
export function useCorrections(actions: PanelActions): Corrections {
  const [said, setSaid] = useState<Said | null>(null);
  const { correctMatch } = actions;
  const dismiss = (): void => setSaid(null);
  if (correctMatch === undefined) return { actions, said, dismiss };
  const correct = async (correction: Correction): Promise<void> => {
    const state = await correctMatch(correction).then(
      () => "saved" as const,
      () => "failed" as const,
    );
    setSaid((former) => ({ ...correction, state, turn: (former?.turn ?? 0) + 1 }));
  };
  return { actions: { ...actions, correctMatch: correct }, said, dismiss };
}
