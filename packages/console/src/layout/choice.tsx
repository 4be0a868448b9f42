import { useId, type ReactNode } from "react";

export type ChoiceOption<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  /** What follows from it, in a sentence. */
  readonly text?: string;
};

/** One of a few, each with what follows from choosing it. */
export function Choice<Value extends string>(props: {
  readonly legend: string;
  readonly options: readonly ChoiceOption<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}): ReactNode {
  const name = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="float-start mb-0.5 w-full font-semibold">{props.legend}</legend>
      {props.options.map(({ value, label, text }) => (
        <label
          key={value}
          className="forced-edge flex gap-2.5 rounded border border-line px-3 py-2 hover:border-edge has-checked:border-brand has-checked:bg-chosen has-disabled:hover:border-line"
        >
          <input
            type="radio"
            name={name}
            value={value}
            aria-labelledby={`${name}-${value}`}
            aria-describedby={text === undefined ? undefined : `${name}-${value}-text`}
            className="mt-0.5 size-4 shrink-0 accent-brand"
            checked={props.value === value}
            onChange={() => props.onChange(value)}
          />
          <span className="min-w-0">
            <span id={`${name}-${value}`} className="block">
              {label}
            </span>
            {text === undefined ? null : (
              <span id={`${name}-${value}-text`} className="block text-sm text-muted">
                {text}
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
