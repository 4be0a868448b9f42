import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useEffect, useRef, type FormEvent, type ReactNode } from "react";

export type FormFrameProps = {
  readonly label: string;
  readonly title: ReactNode;
  /** The bubble as it will arrive, on the ground of the conversation. */
  readonly preview: ReactNode;
  readonly children: ReactNode;
  /** Why nothing was sent; null when nothing is wrong. */
  readonly refusal: string | null;
  readonly sendLabel: string;
  readonly unavailable: boolean;
  readonly onSend: () => void;
  readonly onCancel: () => void;
  /** How often Send was pressed in vain: each time the first field that is wrong gets the keyboard. */
  readonly attempts: number;
};

/** A message in the making that takes the place of the conversation: its bubble, its fields, and what ends it. */
export function FormFrame(props: FormFrameProps): ReactNode {
  const { t } = useWords();
  const { attempts } = props;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const wanted = attempts > 0 ? "[aria-invalid=true]" : "textarea, input, [data-send]";
    form.current?.querySelector<HTMLElement>(wanted)?.focus();
  }, [attempts]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onSend();
  };
  return (
    <form
      ref={form}
      noValidate
      aria-label={props.label}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        props.onCancel();
      }}
      className="flex min-h-0 grow flex-col overflow-y-auto bg-surface"
    >
      {props.preview ? <div className="shrink-0 border-b border-line bg-canvas p-3">{props.preview}</div> : null}
      <div className="flex grow flex-col gap-2 px-2.5 py-2">
        <h2 className="text-base font-semibold">{props.title}</h2>
        {props.children}
        <p role="status" className="text-sm text-error">
          {props.refusal}
        </p>
        <div className="sticky bottom-0 -mx-2.5 mt-auto -mb-2 flex justify-between gap-2 border-t border-line bg-surface px-2.5 py-2">
          <Button onClick={props.onCancel}>{t("action.cancel")}</Button>
          <Button tone="brand" type="submit" data-send="" unavailable={props.unavailable} aria-label={props.sendLabel}>
            {t("action.send")}
          </Button>
        </div>
      </div>
    </form>
  );
}
