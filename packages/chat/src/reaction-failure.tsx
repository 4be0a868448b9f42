import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import type { ReactNode } from "react";
import type { FailureActions } from "./failure-note.tsx";
import type { Outgoing } from "./outgoing.ts";

/** Says under a message that our reaction to it was not sent, and why. */
export function ReactionFailure(
  props: Pick<FailureActions, "onRetry"> & {
    readonly reaction: Outgoing;
    readonly onDiscard: (id: string) => void;
  },
): ReactNode {
  const { t } = useWords();
  const { message } = props.reaction;
  const code = message.failure?.code ?? "messaging.connection_failed";
  return (
    <div className="mt-0.5 max-w-[85%] text-sm text-error">
      {t("reaction.failed")} {t(`error.${code}`)}
      <span className="flex flex-wrap gap-x-3">
        <Button tone="link" onClick={() => props.onRetry(message)}>
          {t("action.send_again")}
        </Button>
        <Button tone="link" onClick={() => props.onDiscard(message.id)}>
          {t("action.discard")}
        </Button>
      </span>
    </div>
  );
}
