import type { ConsentView } from "@aparte/core/consent.ts";
import type { CrmField } from "@aparte/core/crm-record.ts";
import type { ErrorCode } from "@aparte/core/errors.ts";
import { valueProblems, type TemplateView, type ValueProblem } from "@aparte/core/template.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Field, Select } from "@aparte/ui/field.tsx";
import { Check } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { KeptDraft } from "./kept-draft.tsx";
import { templateRefusal, type TemplateOption } from "./template-options.ts";
import { TemplatePreview } from "./template-preview.tsx";
import { ValueInput } from "./value-input.tsx";
import { valueFields, valuesOf } from "./template-values.ts";

export type TemplateFormProps = {
  readonly option: TemplateOption;
  readonly consent: ConsentView;
  readonly fields: readonly CrmField[];
  /** The CRM that the fields come from, by its name. */
  readonly source: string;
  readonly onSend: (template: TemplateView, values: Record<string, string>) => void;
  readonly onBack: () => void;
  readonly keptText: string;
};

/** Fills one template: the bubble as it will arrive, and a field for each of its values. */
export function TemplateForm(props: TemplateFormProps): ReactNode {
  const { t } = useWords();
  const { option, onBack } = props;
  const [language, setLanguage] = useState(option.preferred.language);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const form = useRef<HTMLFormElement>(null);
  const template = option.variants.find((variant) => variant.language === language) ?? option.preferred;
  const fields = valueFields(template.shape, props.fields, typed);
  const values = valuesOf(fields);
  const problems = valueProblems(template.shape, values);
  const refusal = templateRefusal(template, props.consent);
  useEffect(() => focusNextStep(form.current), []);

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (refusal === null && problems.length === 0) props.onSend(template, values);
    else focusNextStep(form.current);
  };
  return (
    <form
      ref={form}
      noValidate
      aria-label={t("template.fill", { name: option.name })}
      onSubmit={onSubmit}
      onKeyDown={(event) => {
        if (event.key === "Escape") onBack();
        // A key that is held down since choosing the template must not send it.
        else if (event.key === "Enter" && event.repeat) event.preventDefault();
      }}
      className="flex min-h-0 grow flex-col overflow-y-auto bg-surface"
    >
      <div className="shrink-0 border-b border-line bg-canvas p-3">
        <TemplatePreview shape={template.shape} values={values} />
      </div>
      <div className="flex flex-col gap-2 px-2.5 py-2.5">
        <TemplateTitle template={template} />
        {option.variants.length > 1 ? <LanguageField option={option} value={language} onChange={setLanguage} /> : null}
        {fields.map((field) => (
          <ValueInput
            key={field.variable.key}
            field={field}
            problem={problems.find(({ key }) => key === field.variable.key)?.rule ?? null}
            source={props.source}
            onChange={(value) => setTyped({ ...typed, [field.variable.key]: value })}
          />
        ))}
        <SendRow refused={refusal?.refused ?? problems.map(codeOf)[0] ?? null} onBack={onBack} />
        <KeptDraft text={props.keptText} />
      </div>
    </form>
  );
}

function codeOf({ rule }: ValueProblem): ErrorCode {
  return rule === "missing" ? "templates.value_missing" : "templates.value_invalid";
}

function TemplateTitle({ template }: { readonly template: TemplateView }): ReactNode {
  const { t } = useWords();
  return (
    <h2 className="flex flex-wrap items-baseline gap-x-1.5">
      <bdi className="font-semibold">{template.name}</bdi>
      <span className="inline-flex items-center gap-1 text-xs text-muted">
        {t(`template.category_${template.category}`)} · {template.language} · {t(`template.status_${template.status}`)}
        {template.status === "APPROVED" ? <Check aria-hidden="true" size={12} /> : null}
      </span>
    </h2>
  );
}

function LanguageField(props: {
  readonly option: TemplateOption;
  readonly value: string;
  readonly onChange: (language: string) => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <Field label={t("template.language")}>
      {(control) => (
        <Select {...control} value={props.value} onChange={(event) => props.onChange(event.target.value)}>
          {props.option.variants.map(({ id, language }) => (
            <option key={id}>{language}</option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function SendRow(props: { readonly refused: ErrorCode | null; readonly onBack: () => void }): ReactNode {
  const { t } = useWords();
  const { refused } = props;
  return (
    <>
      <div className="mt-1 flex flex-wrap justify-between gap-2">
        <Button onClick={props.onBack}>{t("template.other")}</Button>
        <Button
          tone="brand"
          type="submit"
          data-send=""
          unavailable={refused !== null}
          aria-describedby={refused ? "template-refusal" : undefined}
        >
          {t("template.send")}
        </Button>
      </div>
      {refused ? (
        <p id="template-refusal" className="text-end text-sm text-error">
          {t(`error.${refused}`)} {t(`fix.${refused}`)}
        </p>
      ) : null}
    </>
  );
}

/** The first value that is not right, else Send: what there is to do next. */
function focusNextStep(form: HTMLFormElement | null): void {
  const next =
    form?.querySelector<HTMLElement>("[aria-invalid=true]") ?? form?.querySelector<HTMLElement>("[data-send]");
  next?.focus();
}
