import type { ErrorCode } from "@aparte/core/errors.ts";
import type { Outcome } from "@aparte/core/result.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { useState, type ReactNode } from "react";

/** Says what blocking, or ending it, means for the person, and does it. */
export function BlockDialog(props: {
  readonly name: string;
  readonly blocked: boolean;
  readonly onDecide: () => Promise<Outcome<unknown>>;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const { name, onClose } = props;
  // What is on the screen stays what was asked, also while the answer changes the conversation behind it.
  const [act] = useState<"block" | "free">(props.blocked ? "free" : "block");
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const decide = async (): Promise<void> => {
    try {
      const outcome = await props.onDecide();
      if (outcome.ok) onClose();
      else setProblem(outcome.refused);
    } catch {
      setProblem("messaging.connection_failed");
    }
  };
  return (
    <Dialog title={t(`block.title_${act}`, { name })} onClose={onClose}>
      <p className="mb-3 text-sm">{t(`block.text_${act}`)}</p>
      {problem === null ? null : (
        <p role="alert" className="mb-3 text-sm text-error">
          {t(`error.${problem}`)} {t(`fix.${problem}`)}
        </p>
      )}
      <div className="flex justify-between gap-2">
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button tone="brand" onClick={() => void decide()}>
          {t(`block.${act}`)}
        </Button>
      </div>
    </Dialog>
  );
}
