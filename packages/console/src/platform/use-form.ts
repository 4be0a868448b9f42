import type { Outcome, Refusal } from "@aparte/core/result.ts";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { flushSync } from "react-dom";
import type { Checked } from "./check-input.ts";

export type Form<Name extends string> = {
  readonly values: Readonly<Record<Name, string>>;
  /** The fields that cannot stay as they are. */
  readonly invalid: readonly string[];
  /** Why the API said no. */
  readonly refusal: Refusal | null;
  /** What went wrong on the way; null when nothing did. */
  readonly failure: Error | null;
  readonly busy: boolean;
  readonly set: (name: Name, value: string) => void;
  /** Puts other fields in place, where their number changes. */
  readonly replace: (values: Readonly<Record<Name, string>>) => void;
  readonly submit: (event: FormEvent<HTMLFormElement>) => void;
};

/**
 * A form that is checked when it is sent: what does not fit gets its words and the first such field the focus. A second
 * press while it is under way does nothing.
 */
export function useForm<Name extends string, Input, Done extends object>(options: {
  readonly initial: Readonly<Record<Name, string>>;
  readonly check: (values: Readonly<Record<Name, string>>) => Promise<Checked<Input>>;
  readonly send: (input: Input) => Promise<Outcome<Done>>;
  readonly onDone: (done: Done) => void;
}): Form<Name> {
  const [values, setValues] = useState(options.initial);
  const [invalid, setInvalid] = useState<readonly string[]>([]);
  const sending = useMutation({
    mutationFn: options.send,
    onSuccess: (outcome) => {
      if (outcome.ok) options.onDone(outcome);
    },
  });
  const submit = async (form: HTMLFormElement): Promise<void> => {
    if (sending.isPending) return;
    const checked = await options.check(values);
    flushSync(() => setInvalid(checked.ok ? [] : checked.invalid));
    if (checked.ok) sending.mutate(checked.input);
    else form.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  };
  const change = (changed: Readonly<Record<Name, string>>, stillInvalid: readonly string[]): void => {
    setValues(changed);
    setInvalid(stillInvalid);
    if (!sending.isIdle && !sending.isPending) sending.reset();
  };
  return {
    values,
    invalid,
    refusal: sending.data && !sending.data.ok ? sending.data : null,
    failure: sending.error,
    busy: sending.isPending,
    set: (name, value) =>
      change(
        { ...values, [name]: value },
        invalid.filter((other) => other !== name),
      ),
    replace: (replaced) => change(replaced, []),
    submit: (event) => {
      event.preventDefault();
      void submit(event.currentTarget);
    },
  };
}
