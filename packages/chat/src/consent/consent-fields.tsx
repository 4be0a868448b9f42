import { consentPurposes, manualConsentMethods, type ConsentPurpose } from "@aparte/core/consent.ts";
import type { RecordConsentInput } from "@aparte/core/inputs.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Field, Select, TextInput } from "@aparte/ui/field.tsx";
import type { ReactNode } from "react";

export type ManualMethod = RecordConsentInput["method"];

/** What the consent is for; at least one purpose stays chosen. */
export function PurposesField(props: {
  readonly value: readonly ConsentPurpose[];
  readonly onChange: (value: readonly ConsentPurpose[]) => void;
}): ReactNode {
  const { t } = useLaterWords();
  const toggle = (purpose: ConsentPurpose): void => {
    const next = consentPurposes.filter((one) => props.value.includes(one) !== (one === purpose));
    if (next.length > 0) props.onChange(next);
  };
  return (
    <fieldset className="flex flex-col">
      <legend className="text-sm text-muted">{t("consent.purpose")}</legend>
      {consentPurposes.map((purpose) => (
        <label key={purpose} className="flex min-h-6 items-center gap-2">
          <input type="checkbox" checked={props.value.includes(purpose)} onChange={() => toggle(purpose)} />
          {t(`consent.purpose_${purpose}`)}
        </label>
      ))}
    </fieldset>
  );
}

export function MethodField(props: {
  readonly value: ManualMethod;
  readonly onChange: (value: ManualMethod) => void;
}): ReactNode {
  const { t } = useLaterWords();
  return (
    <Field label={t("consent.method")}>
      {(control) => (
        <Select
          {...control}
          value={props.value}
          onChange={({ target }) => {
            const method = manualConsentMethods.find((one) => one === target.value);
            if (method) props.onChange(method);
          }}
        >
          {manualConsentMethods.map((method) => (
            <option key={method} value={method}>
              {t(`consent.method_${method}`)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** When it was said; null: just now. */
export function WhenField(props: {
  readonly value: string | null;
  readonly now: Date;
  readonly onChange: (value: string | null) => void;
}): ReactNode {
  const { t } = useLaterWords();
  const latest = localInput(props.now);
  return (
    <Field label={t("consent.when")}>
      {(control) => (
        <TextInput
          {...control}
          type="datetime-local"
          required
          max={latest}
          value={props.value ?? latest}
          onChange={({ target }) => props.onChange(target.value === "" ? null : target.value)}
        />
      )}
    </Field>
  );
}

/** To which of our numbers it was said. */
export function ScopeField(props: {
  readonly allNumbers: boolean;
  readonly number: string;
  readonly onChange: (allNumbers: boolean) => void;
}): ReactNode {
  const { t } = useLaterWords();
  return (
    <Field label={t("consent.scope")}>
      {(control) => (
        <Select
          {...control}
          value={props.allNumbers ? "all" : "one"}
          onChange={({ target }) => props.onChange(target.value === "all")}
        >
          <option value="one">{t("consent.scope_one", { number: props.number })}</option>
          <option value="all">{t("consent.scope_all")}</option>
        </Select>
      )}
    </Field>
  );
}

/** A moment as `<input type="datetime-local">` wants it: local time, to the minute. */
function localInput(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
