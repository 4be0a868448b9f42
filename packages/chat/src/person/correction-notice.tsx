import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Banner } from "@aparte/ui/banner.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useEffect, useRef, type ReactNode } from "react";
import type { PanelActions } from "../port.ts";
import type { Said } from "./use-corrections.ts";

/** Says what was noted of a number, with the way back. It takes the keyboard: what had it is gone. */
export function CorrectionNotice(props: {
  readonly said: Said;
  readonly actions: PanelActions;
  readonly onDismiss: () => void;
}): ReactNode {
  const { t } = useLaterWords();
  const { said, actions, onDismiss } = props;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  const { number, holder, verdict, state } = said;
  const again = (): void => void actions.correctMatch?.({ number, holder, verdict });
  const undo = (): void => void actions.correctMatch?.({ number, holder, verdict: "as_found" });
  const doing =
    state === "failed" ? { run: again, words: t("people.try_again") } : { run: undo, words: t("people.undo") };
  return (
    <div role="status">
      <Banner
        tone="plain"
        actions={
          <span className="flex shrink-0 gap-3">
            {verdict === "as_found" && state === "saved" ? null : (
              <Button ref={button} tone="link" onClick={doing.run}>
                {doing.words}
              </Button>
            )}
            <Button tone="link" onClick={onDismiss}>
              {t("people.fine")}
            </Button>
          </span>
        }
      >
        {state === "failed" ? t("people.failed") : t(`people.said_${verdict}`, { number })}
      </Banner>
    </div>
  );
}
