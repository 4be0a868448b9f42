import type { FileView } from "@aparte/core/media.ts";
import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import { withoutPreferenceHoles } from "@aparte/core/preference-button.ts";
import { valueProblems } from "@aparte/core/template-values.ts";
import { decideSend, type SendDecision } from "@aparte/core/send-decision.ts";
import type { TemplateView } from "@aparte/core/template.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { clsx } from "clsx";
import { Check } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { sendFactsOf } from "./consent/permissions.ts";
import { KeptDraft } from "./kept-draft.tsx";
import type { TemplateOption } from "./template-options.ts";
import { ValueInput } from "./compose/value-input.tsx";
import type { FilledTemplate } from "./outgoing.ts";
import type { ChatPort } from "./port.ts";
import { PriceNote } from "./price-note.tsx";
import { TemplatePreview } from "./template-preview.tsx";
import { usePreferencePage } from "./use-preference-page.ts";
import { valueFields, valuesOf } from "./template-values.ts";

export type TemplateFormProps = {
  readonly option: TemplateOption;
  readonly snapshot: ConversationSnapshot;
  readonly now: Date;
  /** The CRM that the fields come from, by its name. */
  readonly source: string;
  readonly port: Pick<ChatPort, "uploadFile" | "consent">;
  readonly onSend: (filled: FilledTemplate) => void;
  readonly onBack: () => void;
  /** Opens all that is to be said about writing to this person. */
  readonly onWhy: () => void;
  readonly keptText: string;
};

/** Fills one template. What leads to the person's own preference page is filled in by the API, so nobody is asked for it. */
export function TemplateForm({ option, ...props }: TemplateFormProps): ReactNode {
  const { variants, preferred } = option;
  const page = usePreferencePage(
    props.port.consent,
    variants.map(({ shape }) => shape),
  );
  if (page === undefined) return <Skeleton className="m-3 h-40" />;
  const asFilledIn = (template: TemplateView): TemplateView =>
    page === null ? template : { ...template, shape: withoutPreferenceHoles(template.shape, page) };
  const filledIn = { ...option, variants: variants.map(asFilledIn), preferred: asFilledIn(preferred) };
  return <FilledForm {...props} option={filledIn} preferencePage={page} />;
}

/** The bubble as it will arrive, and a field for each of its values. */
function FilledForm(props: TemplateFormProps & { readonly preferencePage: string | null }): ReactNode {
  const { t } = useWords();
  const { option, snapshot, onBack, preferencePage } = props;
  const [language, setLanguage] = useState(option.preferred.language);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [files, setFiles] = useState<readonly FileView[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const template = option.variants.find((variant) => variant.language === language) ?? option.preferred;
  const fields = valueFields(template.shape, snapshot.fields, typed);
  const values = valuesOf(fields);
  const problems = valueProblems(template.shape, values);
  const decision = decideSend({ kind: "template", template, values }, sendFactsOf(snapshot, props.now));
  useEffect(() => focusNextStep(form.current), []);

  const addFile = (file: FileView): void => setFiles((before) => [...before, file]);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (decision.allowed) props.onSend({ template, values, files });
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
        <TemplatePreview {...{ shape: template.shape, values, files, preferencePage }} />
      </div>
      <div className="flex flex-col gap-1.5 px-2.5 py-2">
        <TemplateTitle template={template} variants={option.variants} onLanguage={setLanguage} />
        {fields.map((field) => (
          <ValueInput
            key={`${template.id} ${field.variable.key}`}
            field={field}
            shape={template.shape}
            upload={props.port.uploadFile}
            channelId={snapshot.channel.id}
            onFile={addFile}
            problem={problems.find(({ key }) => key === field.variable.key)?.rule ?? null}
            source={props.source}
            onChange={(value) => setTyped((before) => ({ ...before, [field.variable.key]: value }))}
          />
        ))}
        <PriceNote price={snapshot.prices[template.category]} />
        <SendRow decision={decision} onBack={onBack} onWhy={props.onWhy} />
        <KeptDraft text={props.keptText} />
      </div>
    </form>
  );
}

function TemplateTitle(props: {
  readonly template: TemplateView;
  readonly variants: readonly TemplateView[];
  readonly onLanguage: (language: string) => void;
}): ReactNode {
  const { t } = useWords();
  const { name, category, language, status } = props.template;
  return (
    <div className="flex flex-wrap items-center gap-x-1 text-xs text-muted">
      <h2 className="text-base font-semibold text-text">
        <bdi>{name}</bdi>
      </h2>
      <span>{t(`template.category_${category}`)} ·</span>
      {props.variants.length > 1 ? (
        <select
          aria-label={t("template.language")}
          value={language}
          onChange={(event) => props.onLanguage(event.target.value)}
          className="min-h-6 rounded-sm border border-edge bg-field px-1"
        >
          {props.variants.map((variant) => (
            <option key={variant.id}>{variant.language}</option>
          ))}
        </select>
      ) : (
        <span>{language}</span>
      )}
      <span className="inline-flex items-center gap-1">
        · {t(`template.status_${status}`)}
        {status === "APPROVED" ? <Check aria-hidden="true" size={12} /> : null}
      </span>
    </div>
  );
}

function SendRow(props: {
  readonly decision: SendDecision;
  readonly onBack: () => void;
  readonly onWhy: () => void;
}): ReactNode {
  const { t } = useWords();
  const { allowed, reasons, warnings } = props.decision;
  // What is wrong with a value stands at the value itself.
  const others = reasons.filter(({ code }) => !code.startsWith("templates.value"));
  return (
    <>
      <div className="mt-1 flex flex-wrap justify-between gap-2">
        <Button onClick={props.onBack}>{t("template.other")}</Button>
        <Button
          tone="brand"
          type="submit"
          data-send=""
          unavailable={!allowed}
          aria-describedby={allowed ? undefined : "template-refusal"}
        >
          {t("template.send")}
        </Button>
      </div>
      {allowed ? null : (
        <div id="template-refusal" className={clsx("text-sm text-error", others.length === 0 && "sr-only")}>
          {(others.length > 0 ? others : reasons.slice(0, 1)).map(({ code, facts }) => (
            <p key={code}>
              {t(`error.${code}`, facts)} {t(`fix.${code}`, facts)}
            </p>
          ))}
        </div>
      )}
      {warnings.length === 0 ? null : (
        <p className="text-sm text-muted">{warnings.map(({ code, facts }) => t(`error.${code}`, facts)).join(" ")}</p>
      )}
      {others.length + warnings.length === 0 ? null : (
        <Button tone="link" className="self-start text-sm" onClick={props.onWhy}>
          {t("status.consent_open")}
        </Button>
      )}
    </>
  );
}

/** The first value that is not right, else Send: what there is to do next. */
function focusNextStep(form: HTMLFormElement | null): void {
  const next =
    form?.querySelector<HTMLElement>("[aria-invalid=true]") ?? form?.querySelector<HTMLElement>("[data-send]");
  next?.focus();
}
