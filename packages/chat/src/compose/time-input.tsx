import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field, TextInput } from "@aparte/ui/field.tsx";
import { useState, type ReactNode } from "react";

/** A moment as a value, in the reader's own time; the value is ISO 8601. */
export function TimeInput(props: {
  readonly label: string;
  readonly missing: boolean;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const { t } = useWords();
  const [local, setLocal] = useState("");
  return (
    <Field label={props.label} error={props.missing ? t("template.time_missing") : undefined}>
      {(control) => (
        <TextInput
          {...control}
          type="datetime-local"
          value={local}
          onChange={({ target }) => {
            setLocal(target.value);
            props.onChange(target.value === "" ? "" : new Date(target.value).toISOString());
          }}
        />
      )}
    </Field>
  );
}
