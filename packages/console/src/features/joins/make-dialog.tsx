import { begunByUs } from "@aparte/core/consent.ts";
import { joinLimits, type MakeJoinInput } from "@aparte/core/join-input.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { Field, Select } from "@aparte/ui/field.tsx";
import { useQuery } from "@tanstack/react-query";
import { useId, useState, type ReactNode } from "react";
import { CheckBox } from "../../layout/check-box.tsx";
import { Choice } from "../../layout/choice.tsx";
import { EntryForm } from "../../layout/entry-form.tsx";
import { FormField, FormText } from "../../layout/form-field.tsx";
import { channelsQuery } from "../../platform/channels-query.ts";
import { checkInput } from "../../platform/check-input.ts";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { useForm, type Form } from "../../platform/use-form.ts";
import { changed, dayChoices, joinOf, purposesOf, wordsFor, type JoinField, type JoinValues } from "./join-values.ts";
import type { Joins } from "./joins-query.ts";

type Props = { readonly ours: Joins["ours"]; readonly onClose: () => void; readonly onDone: () => void };

/** Makes a link for everybody, each choice with what follows from it. */
export function MakeDialog(props: Props): ReactNode {
  const { t } = useWords();
  const channels = useQuery(channelsQuery(useServices()));
  return (
    <Dialog title={t("console.joins.make_title")} wide onClose={props.onClose}>
      {channels.data ? <MakeForm {...props} channels={channels.data} /> : null}
    </Dialog>
  );
}

type Channels = readonly { readonly id: string; readonly displayPhoneNumber: string; readonly verifiedName: string }[];

function MakeForm({ ours, onClose, onDone, channels }: Props & { readonly channels: Channels }): ReactNode {
  const { t, locale } = useWords();
  const { api } = useServices();
  const { role } = useMember();
  // The same link again when the answer to the first try got lost.
  const [id] = useState(() => crypto.randomUUID());
  const chosen = { purposes: "marketing", language: locale.startsWith("fr") ? "fr" : "en" };
  const start = { source: "", channelId: channels[0]?.id ?? "", scope: "all", days: "365", thanks: "" };
  const form: Form<JoinField> = useForm({
    initial: { ...start, ...chosen, words: wordsFor(ours, chosen) },
    check: (values: JoinValues) => checkInput("makeJoinInput", joinOf(values, id)),
    send: (input: MakeJoinInput) => api.consent.makeJoin.mutate(input),
    onDone,
  });
  const change = (values: Partial<JoinValues>): void => form.replace(changed(ours, form.values, values));
  return (
    <EntryForm
      form={form}
      submit={t("console.joins.make")}
      busy={t("console.joins.making")}
      role={role}
      onCancel={onClose}
    >
      <div className="grid gap-x-5 gap-y-3 md:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-3">
          <FormField
            form={form}
            name="source"
            label={t("console.joins.source")}
            hint={t("console.joins.source_text")}
            limit={joinLimits.source}
            wrong={t("console.joins.wrong")}
            dir="auto"
            autoComplete="off"
          />
          {channels.length > 1 ? <NumberField form={form} channels={channels} /> : null}
          <Purposes form={form} onChange={(purposes) => change({ purposes })} />
          <LanguageField form={form} onChange={(language) => change({ language })} />
          <LongText form={form} name="words" className="max-h-60 min-h-20" />
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <Scope form={form} />
          <DaysField form={form} />
          <LongText form={form} name="thanks" className="max-h-40 min-h-14" />
        </div>
      </div>
    </EntryForm>
  );
}

type FieldProps = { readonly form: Form<JoinField> };

function LongText(props: FieldProps & { readonly name: "words" | "thanks"; readonly className: string }): ReactNode {
  const { t } = useWords();
  const { form, name, className } = props;
  return (
    <FormText
      form={form}
      name={name}
      label={t(`console.joins.${name}`)}
      hint={t(`console.joins.${name}_text`)}
      limit={joinLimits[name]}
      wrong={t("console.joins.wrong")}
      className={className}
    />
  );
}

function Purposes({ form, onChange }: FieldProps & { readonly onChange: (purposes: string) => void }): ReactNode {
  const { t } = useWords();
  const errorId = useId();
  const isWrong = form.invalid.includes("purposes");
  const chosen = purposesOf(form.values);
  return (
    <fieldset
      className="flex min-w-0 flex-col gap-1"
      tabIndex={-1}
      aria-invalid={isWrong || undefined}
      aria-describedby={isWrong ? errorId : undefined}
    >
      <legend className="mb-1 text-sm text-muted">{t("console.joins.purposes")}</legend>
      {begunByUs.map((purpose) => (
        <CheckBox
          key={purpose}
          label={t(`console.joins.purpose.${purpose}`)}
          checked={chosen.includes(purpose)}
          onChange={(isOn) =>
            onChange(begunByUs.filter((one) => (one === purpose ? isOn : chosen.includes(one))).join(" "))
          }
        />
      ))}
      {isWrong ? (
        <p id={errorId} className="text-sm text-error">
          {t("console.joins.purpose_missing")}
        </p>
      ) : null}
    </fieldset>
  );
}

function NumberField({ form, channels }: FieldProps & { readonly channels: Channels }): ReactNode {
  const { t } = useWords();
  return (
    <Field label={t("console.joins.number")}>
      {(control) => (
        <Select
          {...control}
          value={form.values.channelId}
          onChange={(event) => form.set("channelId", event.target.value)}
        >
          {channels.map(({ id, displayPhoneNumber, verifiedName }) => (
            <option key={id} value={id}>
              {verifiedName} · {displayPhoneNumber}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

const languageNames = { en: "English", fr: "Français" } as const;

function LanguageField({ form, onChange }: FieldProps & { readonly onChange: (language: string) => void }): ReactNode {
  const { t } = useWords();
  return (
    <Field label={t("console.joins.language")}>
      {(control) => (
        <Select {...control} value={form.values.language} onChange={(event) => onChange(event.target.value)}>
          {Object.entries(languageNames).map(([language, name]) => (
            <option key={language} value={language}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function Scope({ form }: FieldProps): ReactNode {
  const { t } = useWords();
  return (
    <Choice
      legend={t("console.joins.scope")}
      options={(["all", "one"] as const).map((value) => ({
        value,
        label: t(`console.joins.scope.${value}`),
        text: t(`console.joins.scope.${value}_text`),
      }))}
      value={form.values.scope === "one" ? "one" : "all"}
      onChange={(scope) => form.set("scope", scope)}
    />
  );
}

function DaysField({ form }: FieldProps): ReactNode {
  const { t } = useWords();
  return (
    <Field label={t("console.joins.days")} hint={t("console.joins.days_text")}>
      {(control) => (
        <Select {...control} value={form.values.days} onChange={(event) => form.set("days", event.target.value)}>
          {dayChoices.map((days) => (
            <option key={days} value={days}>
              {days === "" ? t("console.joins.days_none") : t("console.joins.days_count", { count: days })}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
