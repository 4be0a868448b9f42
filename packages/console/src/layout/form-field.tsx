import { Field, TextInput } from "@aparte/ui/field.tsx";
import type { ComponentProps, ReactNode } from "react";
import type { Form } from "../platform/use-form.ts";

export type FormFieldProps<Name extends string> = Omit<ComponentProps<"input">, "form"> & {
  readonly form: Form<Name>;
  readonly name: Name;
  readonly label: string;
  readonly hint?: ReactNode;
  /** What to say when the value does not fit. */
  readonly wrong: string;
};

/** A text field of a form, with its words for a value that does not fit. */
export function FormField<Name extends string>(props: FormFieldProps<Name>): ReactNode {
  const { form, name, label, hint, wrong, ...input } = props;
  return (
    <Field label={label} hint={hint} error={form.invalid.includes(name) ? wrong : undefined}>
      {(control) => (
        <TextInput
          required
          {...input}
          {...control}
          name={name}
          value={form.values[name]}
          onChange={(event) => form.set(name, event.target.value)}
        />
      )}
    </Field>
  );
}
