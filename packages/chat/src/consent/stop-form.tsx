import { begunByUs } from "@aparte/core/consent.ts";
import type { ErrorCode } from "@aparte/core/errors.ts";
import type { RecordConsentInput } from "@aparte/core/inputs.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Field, TextInput } from "@aparte/ui/field.tsx";
import { Ban } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { MethodField, type ManualMethod } from "./consent-fields.tsx";

export type StopFormProps = {
  readonly name: string;
  /** Somebody came to press it. */
  readonly begins: boolean;
  /** Writes it down; answers why that was not possible, null when it was. */
  readonly onRecord: (said: Omit<RecordConsentInput, "contactId">) => Promise<ErrorCode | null>;
};

/** Writes down that a person wants no more messages, from any of our numbers. One press is enough: stopping is easy. */
export function StopForm({ name, begins, onRecord }: StopFormProps): ReactNode {
  const { t } = useLaterWords();
  const usual = t("consent.stop_usual");
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (begins) button.current?.focus();
  }, [begins]);
  const [wording, setWording] = useState(usual);
  const [method, setMethod] = useState<ManualMethod>("phone_call");
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [running, setRunning] = useState(false);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (running) return;
    setRunning(true);
    const refusal = await onRecord({
      purposes: [...begunByUs],
      action: "withdrawn",
      method,
      wording: wording.trim() === "" ? usual : wording,
      occurredAt: new Date().toISOString(),
      channelId: null,
    });
    setRunning(false);
    setProblem(refusal);
  };
  return (
    <form noValidate className="flex flex-col gap-2" onSubmit={(event) => void submit(event)}>
      <h3 className="font-semibold">{t("consent.stop_title", { name })}</h3>
      <p className="text-sm text-muted">{t("consent.stop_text")}</p>
      <details>
        <summary className="min-h-6 cursor-pointer rounded-sm text-sm text-muted">
          {t(`consent.method_${method}`)} · {wording}{" "}
          <span className="font-semibold underline underline-offset-2">{t("consent.change")}</span>
        </summary>
        <div className="flex flex-col gap-2 pt-2">
          <Field label={t("consent.stop_wording")}>
            {(control) => (
              <TextInput
                {...control}
                maxLength={2000}
                value={wording}
                onChange={(event) => setWording(event.target.value)}
              />
            )}
          </Field>
          <MethodField value={method} onChange={setMethod} />
        </div>
      </details>
      <p role="status" className="text-sm text-error">
        {problem === null ? null : `${t(`error.${problem}`)} ${t(`fix.${problem}`)}`}
      </p>
      <Button type="submit" ref={button} unavailable={running} className="self-end">
        <Ban aria-hidden="true" size={16} />
        {t("consent.stop")}
      </Button>
    </form>
  );
}
