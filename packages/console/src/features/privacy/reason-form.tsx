import type { Outcome } from "@aparte/core/result.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { EntryForm } from "../../layout/entry-form.tsx";
import { FormField, FormText } from "../../layout/form-field.tsx";
import { useForm } from "../../platform/use-form.ts";

/** The shortest reason that says something (the API asks for as much). */
const shortestReason = 3;
const longestReason = 500;

/** A field beside the reason: its value is checked when the form is sent. */
export type ExtraField = {
  readonly label: string;
  readonly hint: string;
  readonly wrong: string;
  readonly initial: string;
  readonly fits: (value: string) => boolean;
};

/** Why something is done for a person, as the register of acts keeps it, and at most one more thing. */
export function ReasonForm(props: {
  readonly extra?: ExtraField;
  readonly submit: string;
  readonly busy: string;
  readonly send: (typed: { readonly reason: string; readonly extra: string }) => Promise<Outcome<object>>;
  readonly onDone: () => void;
  readonly onCancel?: () => void;
}): ReactNode {
  const { t } = useWords();
  const { extra } = props;
  const form = useForm({
    initial: { extra: extra?.initial ?? "", reason: "" },
    check: (values) => {
      const reason = values.reason.trim();
      const typed = values.extra.trim();
      const invalid = [
        ...(extra && !extra.fits(typed) ? ["extra"] : []),
        ...(reason.length < shortestReason || reason.length > longestReason ? ["reason"] : []),
      ];
      return Promise.resolve(
        invalid.length === 0 ? { ok: true as const, input: { reason, extra: typed } } : { ok: false as const, invalid },
      );
    },
    send: props.send,
    onDone: props.onDone,
  });
  return (
    <EntryForm form={form} submit={props.submit} busy={props.busy} role="admin" onCancel={props.onCancel ?? null}>
      {extra ? (
        <FormField
          form={form}
          name="extra"
          autoComplete="off"
          label={extra.label}
          hint={extra.hint}
          wrong={extra.wrong}
          maxLength={200}
        />
      ) : null}
      <FormText
        form={form}
        name="reason"
        label={t("console.privacy.reason")}
        hint={t("console.privacy.reason_hint")}
        wrong={t("console.privacy.reason_wrong")}
        limit={longestReason}
      />
    </EntryForm>
  );
}
