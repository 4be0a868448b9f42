import {
  consentPurposes,
  manualConsentMethods,
  type ConsentPurpose,
  type ConsentState,
  type ConsentView,
} from "@aparte/core/consent.ts";
import type { ErrorCode } from "@aparte/core/errors.ts";
import type { RecordConsentInput } from "@aparte/core/inputs.ts";
import type { Outcome } from "@aparte/core/result.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { Field, Select, TextArea, TextInput } from "@aparte/ui/field.tsx";
import { useState, type ReactNode } from "react";
import { dateAndTime } from "./when.ts";

export type ConsentDialogProps = {
  readonly action: "grant" | "withdraw";
  readonly name: string;
  readonly consent: ConsentView;
  readonly now: Date;
  readonly onRecord: (consent: Omit<RecordConsentInput, "contactId">) => Promise<Outcome<unknown>>;
  readonly onClose: () => void;
};

/** Shows what is known about the person's consent, and writes down a new one with its proof. */
export function ConsentDialog(props: ConsentDialogProps): ReactNode {
  const { t } = useWords();
  const { action, name, consent, onClose } = props;
  return (
    <Dialog title={t(`consent.title_${action}`, { name })} onClose={onClose}>
      <dl className="mb-3 flex flex-col gap-1 text-sm">
        {consentPurposes.map((purpose) => (
          <div key={purpose}>
            <dt className="inline font-semibold">{t(`consent.purpose_${purpose}`)}: </dt>
            <dd className="inline text-muted">
              <Known state={consent[purpose]} />
            </dd>
          </div>
        ))}
      </dl>
      <ConsentForm {...props} />
    </Dialog>
  );
}

function Known({ state }: { readonly state: ConsentState }): ReactNode {
  const { t, locale } = useWords();
  if (state.state === "unknown") return t("consent.known_unknown");
  const { occurredAt, method, wording } = state.by;
  return t(`consent.known_${state.state}`, { date: dateAndTime(occurredAt, locale), method, wording });
}

type Problem = { readonly field: "wording" | null; readonly code: ErrorCode };

function ConsentForm(props: ConsentDialogProps): ReactNode {
  const { t } = useWords();
  const [purpose, setPurpose] = useState<ConsentPurpose>("marketing");
  const [method, setMethod] = useState<RecordConsentInput["method"]>("phone_call");
  const [when, setWhen] = useState(() => localInput(props.now));
  const [wording, setWording] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);

  const record = async (): Promise<void> => {
    if (wording.trim() === "") {
      setProblem({ field: "wording", code: "consent.evidence_missing" });
      return;
    }
    const input = { purpose, action: props.action, method, wording, occurredAt: new Date(when).toISOString() };
    try {
      const outcome = await props.onRecord(input);
      if (outcome.ok) props.onClose();
      else setProblem({ field: null, code: outcome.refused });
    } catch {
      setProblem({ field: null, code: "messaging.connection_failed" });
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (wording.trim() === "") event.currentTarget.querySelector("textarea")?.focus();
        void record();
      }}
      className="flex flex-col gap-2.5"
    >
      <Choice
        label={t("consent.purpose")}
        value={purpose}
        values={consentPurposes}
        words={(one) => t(`consent.purpose_${one}`)}
        onChange={setPurpose}
      />
      <Choice
        label={t("consent.method")}
        value={method}
        values={manualConsentMethods}
        words={(one) => t(`consent.method_${one}`)}
        onChange={setMethod}
      />
      <When value={when} latest={localInput(props.now)} onChange={setWhen} />
      <Wording value={wording} onChange={setWording} missing={problem?.field === "wording"} action={props.action} />
      {problem?.field === null ? (
        <p role="alert" className="text-sm text-error">
          {t(`error.${problem.code}`)} {t(`fix.${problem.code}`)}
        </p>
      ) : null}
      <Buttons action={props.action} onCancel={props.onClose} />
    </form>
  );
}

function Buttons(props: { readonly action: "grant" | "withdraw"; readonly onCancel: () => void }): ReactNode {
  const { t } = useWords();
  return (
    <div className="flex justify-between gap-2 pt-1">
      <Button onClick={props.onCancel}>{t("action.cancel")}</Button>
      <Button tone="brand" type="submit">
        {t(`consent.record_${props.action}`)}
      </Button>
    </div>
  );
}

function Choice<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly values: readonly T[];
  readonly words: (value: T) => string;
  readonly onChange: (value: T) => void;
}): ReactNode {
  return (
    <Field label={props.label}>
      {(control) => (
        <Select {...control} value={props.value} onChange={(event) => props.onChange(event.target.value as T)}>
          {props.values.map((value) => (
            <option key={value} value={value}>
              {props.words(value)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function When(props: {
  readonly value: string;
  readonly latest: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <Field label={t("consent.when")}>
      {(control) => (
        <TextInput
          {...control}
          type="datetime-local"
          required
          max={props.latest}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value || props.latest)}
        />
      )}
    </Field>
  );
}

function Wording(props: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly missing: boolean;
  readonly action: "grant" | "withdraw";
}): ReactNode {
  const { t } = useWords();
  return (
    <Field
      label={t("consent.wording")}
      hint={t(`consent.wording_hint_${props.action}`)}
      error={props.missing ? `${t("error.consent.evidence_missing")} ${t("fix.consent.evidence_missing")}` : undefined}
    >
      {(control) => (
        <TextArea
          {...control}
          rows={2}
          maxLength={2000}
          required
          className="max-h-40"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** A moment as `<input type="datetime-local">` wants it: local time, to the minute. */
function localInput(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
