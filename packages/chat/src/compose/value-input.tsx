import type { FileView } from "@aparte/core/media.ts";
import type { ValueProblem } from "@aparte/core/template-values.ts";
import type { TemplateVariable } from "@aparte/core/template-variables.ts";
import type { TemplateShape } from "@aparte/core/template.ts";
import type { Words } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Field, TextInput } from "@aparte/ui/field.tsx";
import type { ReactNode } from "react";
import type { ChatPort } from "../port.ts";
import { variableLabel, type ValueField } from "../template-values.ts";
import { FileValue } from "./file-value.tsx";
import { PlaceInput } from "./place-input.tsx";
import { TimeInput } from "./time-input.tsx";

export type ValueInputProps = {
  readonly field: ValueField;
  readonly shape: TemplateShape;
  readonly problem: ValueProblem["rule"] | null;
  /** The CRM that suggestions come from, by its name. */
  readonly source: string;
  readonly upload: ChatPort["uploadFile"];
  readonly channelId: string;
  readonly onChange: (value: string) => void;
  /** A file of a value has reached the API. */
  readonly onFile: (file: FileView) => void;
};

/** One value of a template, as its kind wants to be given. */
export function ValueInput(props: ValueInputProps): ReactNode {
  const words = useWords();
  const { field, shape, problem, source } = props;
  const { variable } = field;
  const label = valueLabel(variable, shape, words);
  const error = problem === null ? undefined : words.t(`template.value_${problem}`, { crm: source });
  switch (variable.kind) {
    case "text":
      return <TextValue {...props} label={label} error={error} />;
    case "file":
      return <FileValue {...props} label={label} media={mediaOf(variable, shape)} missing={problem !== null} />;
    case "location":
      return <PlaceInput label={label} missing={problem !== null} onChange={props.onChange} />;
    case "time":
      return <TimeInput label={label} missing={problem !== null} onChange={props.onChange} />;
  }
}

/** A text, with where it came from, or what is wrong with it. */
function TextValue(props: ValueInputProps & { readonly label: string; readonly error: string | undefined }): ReactNode {
  const { t } = useWords();
  const { field, source, onChange } = props;
  const { variable, value, suggestion, edited } = field;
  return (
    <Field
      label={props.label}
      error={props.error}
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

function valueLabel(variable: TemplateVariable, shape: TemplateShape, { t }: Words): string {
  const { kind, part, card, name } = variable;
  const own =
    kind === "file"
      ? t(`content.kind_${mediaOf(variable, shape)}`)
      : kind === "location"
        ? t("content.kind_location")
        : kind === "time"
          ? t("template.offer_ends")
          : (variableLabel(name) ?? t("template.value_number", { number: name }));
  const placed = kind !== "text" || part === "body" ? own : t(`template.value_in_${part}`, { name: own });
  return card === null ? placed : t("template.value_in_card", { number: card + 1, name: placed });
}

/** The kind of file that a header takes. */
function mediaOf({ card }: TemplateVariable, shape: TemplateShape): "image" | "video" | "document" {
  const kind = card === null ? shape.headerMedia : shape.cards[card]?.headerMedia;
  return kind === "VIDEO" ? "video" : kind === "DOCUMENT" ? "document" : "image";
}
