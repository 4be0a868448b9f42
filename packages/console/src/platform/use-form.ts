import type { ErrorCode } from "@aparte/core/errors.ts";
import type { Outcome } from "@aparte/core/result.ts";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { flushSync } from "react-dom";
import type { Checked } from "./check-input.ts";

export type Form<Name extends string> = {
  readonly values: Readonly<Record<Name, string>>;
  /** The fields that cannot stay as they are. */
  readonly invalid: readonly string[];
  /** Why the API said no. */
  readonly refused: ErrorCode | null;
  /** What went wrong on the way; null when nothing did. */
  readonly failure: Error | null;
  readonly busy: boolean;
  readonly set: (name: Name, value: string) => void;
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
  return {
    values,
    invalid,
    refused: sending.data && !sending.data.ok ? sending.data.refused : null,
    failure: sending.error,
    busy: sending.isPending,
    set: (name, value) => {
      setValues({ ...values, [name]: value });
      setInvalid(invalid.filter((other) => other !== name));
      if (!sending.isIdle && !sending.isPending) sending.reset();
    },
    submit: (event) => {
      event.preventDefault();
      void submit(event.currentTarget);
    },
  };
}
