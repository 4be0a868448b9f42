import type { FreeContent } from "@aparte/core/message-content.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field, TextArea, TextInput } from "@aparte/ui/field.tsx";
import type { ReactNode } from "react";
import { ContentView } from "../content/content-view.tsx";
import type { FormKind } from "./attach-menu.tsx";
import { FormFrame } from "./form-frame.tsx";
import type { ContentFormState } from "./use-content-form.ts";

export type ContentFormProps = {
  /** The person it goes to. */
  readonly name: string;
  readonly onSend: (content: FreeContent) => void;
  readonly onCancel: () => void;
};

/** The frame of one kind of message: the bubble as it will arrive above the fields that make it. */
export function ContentFrame(
  props: Pick<ContentFormProps, "name" | "onCancel"> & {
    readonly kind: FormKind;
    readonly content: FreeContent;
    readonly state: ContentFormState;
    readonly children: ReactNode;
  },
): ReactNode {
  const { t } = useWords();
  const { kind, name, content, state } = props;
  return (
    <FormFrame
      attempts={state.attempts}
      label={`${t(`attach.${kind}`)}: ${t("composer.label", { name })}`}
      title={t(`attach.${kind}`)}
      preview={
        <section
          aria-label={t("template.preview")}
          className="forced-edge ms-auto w-fit max-w-[85%] min-w-40 rounded rounded-ee-[2px] bg-bubble-out shadow-raised"
        >
          <ContentView content={content} files={[]} heard={false} above={null} meta={t("template.preview")} />
        </section>
      }
      refusal={state.refusal}
      sendLabel={t("composer.send_to", { name })}
      unavailable={state.unavailable}
      onSend={state.send}
      onCancel={props.onCancel}
    >
      {props.children}
    </FormFrame>
  );
}

/** One line or several of a message, with what is wrong with it. */
export function Line(props: {
  readonly label: string;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly lines?: number;
  readonly type?: string;
}): ReactNode {
  const { label, value, problem, hint, lines = 1, type = "text" } = props;
  return (
    <Field label={label} error={problem} hint={hint}>
      {(control) =>
        lines > 1 ? (
          <TextArea
            {...control}
            rows={lines}
            dir={value === "" ? undefined : "auto"}
            className="max-h-40"
            value={value}
            onChange={(event) => props.onChange(event.target.value)}
          />
        ) : (
          <TextInput
            {...control}
            type={type}
            dir={value === "" ? undefined : "auto"}
            value={value}
            onChange={(event) => props.onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}
