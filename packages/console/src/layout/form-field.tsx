import { Field, TextArea, TextInput, type ControlProps } from "@aparte/ui/field.tsx";
import type { ComponentProps, ReactNode } from "react";
import type { Form } from "../platform/use-form.ts";
import { Counter } from "./counter.tsx";

type Described<Name extends string> = {
  readonly form: Form<Name>;
  readonly name: Name;
  readonly label: string;
  readonly hint?: ReactNode;
  /** What to say when the value does not fit. */
  readonly wrong: string;
  /** Characters that may be typed, counted beside the label. */
  readonly limit?: number | undefined;
};

export type FormFieldProps<Name extends string> = Omit<ComponentProps<"input">, "form"> & Described<Name>;

/** A text field of a form, with its words for a value that does not fit. */
export function FormField<Name extends string>(props: FormFieldProps<Name>): ReactNode {
  const { form, name, label, hint, wrong, limit, ...input } = props;
  return (
    <DescribedField {...{ form, name, label, hint, wrong, limit }}>
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
    </DescribedField>
  );
}

/** The same for text of several lines. */
export function FormText<Name extends string>(props: Described<Name> & { readonly className?: string }): ReactNode {
  const { form, name, className } = props;
  return (
    <DescribedField {...props}>
      {(control) => (
        <TextArea
          {...control}
          dir="auto"
          name={name}
          className={className}
          value={form.values[name]}
          onChange={(event) => form.set(name, event.target.value)}
        />
      )}
    </DescribedField>
  );
}

function DescribedField<Name extends string>(
  props: Described<Name> & { readonly children: (control: ControlProps) => ReactNode },
): ReactNode {
  const { form, name, label, hint, wrong, limit, children } = props;
  const counted = (
    <span className="flex justify-between gap-3">
      {label}
      {limit === undefined ? null : <Counter text={form.values[name]} limit={limit} />}
    </span>
  );
  return (
    <Field
      label={limit === undefined ? label : counted}
      hint={hint}
      error={form.invalid.includes(name) ? wrong : undefined}
    >
      {children}
    </Field>
  );
}
