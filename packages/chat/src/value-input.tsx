import type { ValueProblem } from "@aparte/core/template-values.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Field, TextInput } from "@aparte/ui/field.tsx";
import type { ReactNode } from "react";
import { variableLabel, type ValueField } from "./template-values.ts";

export type ValueInputProps = {
  readonly field: ValueField;
  readonly problem: ValueProblem["rule"] | null;
  /** The CRM that suggestions come from, by its name. */
  readonly source: string;
  readonly onChange: (value: string) => void;
};

/** One value of a template, with where it came from, or what is wrong with it. */
export function ValueInput({ field, problem, source, onChange }: ValueInputProps): ReactNode {
  const { t } = useWords();
  const { variable, value, suggestion, edited } = field;
  const name = variableLabel(variable.name) ?? t("template.value_number", { number: variable.name });
  const label = variable.part === "body" ? name : t(`template.value_in_${variable.part}`, { name });
  return (
    <Field
      label={label}
      error={problem === null ? undefined : t(`template.value_${problem}`, { crm: source })}
      hint={
        suggestion === null ? undefined : edited ? (
          <>
            {t("template.edited")}{" "}
            <Button tone="link" onClick={() => onChange(suggestion.value)}>
              {t("template.reset", { value: suggestion.value })}
            </Button>
          </>
        ) : (
          t("template.source", { crm: source, field: suggestion.source })
        )
      }
    >
      {(control) => (
        <TextInput
          {...control}
          dir={value === "" ? undefined : "auto"}
          value={value}
          required
          maxLength={1024}
          placeholder={variable.example === null ? undefined : t("template.example", { example: variable.example })}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
