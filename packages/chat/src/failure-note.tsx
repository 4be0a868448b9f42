import { errorRule } from "@aparte/core/errors.ts";
import type { MessageView } from "@aparte/core/message.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import type { ReactNode } from "react";

export type FailureActions = {
  readonly onRetry: (message: MessageView) => void;
  readonly onEdit: (message: MessageView) => void;
  readonly onTemplate: () => void;
};

/**
 * Why a message did not arrive, in two lines at most, with what can be done as buttons. Sending again is offered only
 * where the error table says that it can help.
 */
export function FailureNote(props: FailureActions & { readonly message: MessageView }): ReactNode {
  const { t } = useWords();
  const { message } = props;
  const code = message.failure?.code ?? "messaging.unconfirmed";
  const { retry } = errorRule(code);
  return (
    <div className="mt-0.5 max-w-[85%] text-sm text-error">
      {t(`error.${code}`)} {t(`fix.${code}`)}
      {message.failure?.details ? <bdi className="block text-xs">{message.failure.details}</bdi> : null}
      <span className="flex flex-wrap gap-x-3">
        {retry === "later" ? (
          <Button tone="link" onClick={() => props.onRetry(message)}>
            {t("action.send_again")}
          </Button>
        ) : null}
        {message.content.kind === "text" ? (
          <Button tone="link" onClick={() => props.onEdit(message)}>
            {t("action.edit")}
          </Button>
        ) : null}
        {code === "messaging.window_closed" || message.content.kind === "template" ? (
          <Button tone="link" onClick={props.onTemplate}>
            {t("action.choose_template")}
          </Button>
        ) : null}
      </span>
    </div>
  );
}
