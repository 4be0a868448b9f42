import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useRef, type ReactNode } from "react";
import { KeptDraft } from "./kept-draft.tsx";
import { useFocusWhenLost } from "./use-focus-when-lost.ts";

/** Stands where one would write, when nothing may be sent. The reason stands above the messages. */
export function SendingOff(props: {
  readonly keptText: string;
  /** Null where a consent would not help. */
  readonly onRecordConsent: (() => void) | null;
}): ReactNode {
  const { t } = useWords();
  return (
    <div className="flex flex-col gap-2 border-t border-line bg-surface p-3">
      <div className="flex items-center justify-between gap-2">
        <p className="text-muted">{t("foot.sending_off")}</p>
        {props.onRecordConsent ? <Button onClick={props.onRecordConsent}>{t("action.record_consent")}</Button> : null}
      </div>
      <KeptDraft text={props.keptText} />
    </div>
  );
}

/** Stands where one would write to somebody whom we blocked. */
export function Blocked(props: { readonly keptText: string; readonly onUnblock: () => void }): ReactNode {
  const { t } = useWords();
  return (
    <div className="flex flex-col gap-2 border-t border-line bg-surface p-3">
      <div className="flex items-center justify-between gap-2">
        <p className="text-muted">{t("block.is_blocked")}</p>
        <Button onClick={props.onUnblock}>{t("block.free")}</Button>
      </div>
      <KeptDraft text={props.keptText} />
    </div>
  );
}

/** Stands where one would write, after a template was sent into a closed window. */
export function AwaitAnswer(props: { readonly name: string; readonly onTemplates: () => void }): ReactNode {
  const { t } = useWords();
  const button = useRef<HTMLButtonElement>(null);
  useFocusWhenLost(button);
  return (
    <div className="flex items-center justify-between gap-3 border-t border-line bg-surface p-3">
      <p className="text-sm text-muted">{t("foot.await_answer", { name: props.name })}</p>
      <Button ref={button} className="shrink-0" onClick={props.onTemplates}>
        {t("foot.another_template")}
      </Button>
    </div>
  );
}
