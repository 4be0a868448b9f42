import { TemplatePreview } from "@aparte/chat/template-preview.tsx";
import { shapeOf, type TemplateDefinition } from "@aparte/core/template-definition.ts";
import { firstError } from "@aparte/core/template-lint.ts";
import type { LintContext } from "@aparte/core/template-lint-rule.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useRef, type FormEvent, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { ActionButton } from "../../../layout/action-button.tsx";
import { SubmitButton } from "../../../layout/submit-button.tsx";
import { AuthenticationFields } from "./authentication-fields.tsx";
import { MainBodyField } from "./body-field.tsx";
import { ButtonFields } from "./button-fields.tsx";
import { CardFields } from "./card-fields.tsx";
import { ChecksList } from "./checks-list.tsx";
import { tidy } from "./definition-change.ts";
import { EditorProvider, useEditor } from "./editor-context.tsx";
import { FooterField } from "./footer-field.tsx";
import { HeadFields } from "./head-fields.tsx";
import { HeaderFields } from "./header-fields.tsx";
import { MoreFields } from "./more-fields.tsx";
import { SampleFields } from "./sample-fields.tsx";
import { useEditorState } from "./use-editor-state.ts";

export type TemplateEditorProps = {
  readonly start: TemplateDefinition;
  readonly context: LintContext;
  readonly channelId: string;
  /** Blame from the beginning: it was written before. */
  readonly strict: boolean;
  readonly busy: boolean;
  /** What came of the last try to save or submit. */
  readonly notice: ReactNode;
  readonly onChange: (definition: TemplateDefinition) => void;
  readonly onSave: (definition: TemplateDefinition) => void;
  readonly onSubmit: (definition: TemplateDefinition) => void;
};

/** Writes a template: the fields, the bubble as the phone will show it, and what the checks say, side by side. */
export function TemplateEditor(props: TemplateEditorProps): ReactNode {
  const { t } = useWords();
  const { busy, notice, onSave, onSubmit } = props;
  const form = useRef<HTMLFormElement>(null);
  const { editor, touch, showAll } = useEditorState(props);
  const { definition, findings } = editor;
  const goTo = (field: string): void => {
    flushSync(showAll);
    controlOf(form.current, field)?.focus();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (busy) return;
    const problem = firstError(findings);
    if (problem) goTo(problem.field);
    else onSubmit(tidy(definition));
  };
  return (
    <EditorProvider editor={editor}>
      <div className="grid gap-x-6 gap-y-5 lg:grid-cols-[minmax(0,1fr)_320px]">
        <form
          ref={form}
          noValidate
          onSubmit={submit}
          onBlur={(event) => {
            // Words that appear now would move a button away from under the pointer that is pressing it.
            if (!(event.relatedTarget instanceof HTMLButtonElement)) touch(event.target.getAttribute("name"));
          }}
          className="flex min-w-0 flex-col gap-5 rounded border border-line bg-card p-4 sm:p-5"
        >
          <HeadFields />
          <Parts />
          <MoreFields />
          {notice}
          <div className="flex flex-wrap gap-2">
            <SubmitButton busy={busy} busyWords={t("console.templates.submitting")}>
              {t("console.templates.submit")}
            </SubmitButton>
            <ActionButton busy={busy} onPress={() => onSave(tidy(definition))}>
              {t("console.templates.save_draft")}
            </ActionButton>
          </div>
        </form>
        <div className="flex min-w-0 flex-col gap-5 lg:sticky lg:top-4 lg:self-start">
          <div className="rounded bg-canvas p-4">
            <TemplatePreview
              shape={shapeOf(definition)}
              values={textValues(definition)}
              preferencePage={editor.preferencePage}
            />
          </div>
          <ChecksList findings={findings} onGo={goTo} />
        </div>
      </div>
    </EditorProvider>
  );
}

/** The parts of the message, in the order in which the phone shows them. */
function Parts(): ReactNode {
  const { definition } = useEditor();
  if (definition.authentication) return <AuthenticationFields />;
  const carousel = definition.cards.length > 0;
  return (
    <>
      {carousel ? null : <HeaderFields />}
      <MainBodyField />
      {carousel || definition.offer ? null : <FooterField />}
      {carousel ? null : <ButtonFields place={null} />}
      {carousel || canBeCarousel(definition) ? <CardFields /> : null}
      <SampleFields />
    </>
  );
}

function canBeCarousel({ category, header, footer, buttons, offer }: TemplateDefinition): boolean {
  return category === "MARKETING" && header === null && footer === null && buttons.length === 0 && offer === null;
}

/** The control of a field: by its path, or the first one inside it. */
function controlOf(form: HTMLFormElement | null, field: string): HTMLElement | null {
  const named = [...(form?.querySelectorAll<HTMLElement>("[name]") ?? [])];
  const nameOf = (element: HTMLElement): string => element.getAttribute("name") ?? "";
  return (
    named.find((element) => nameOf(element) === field) ??
    named.find((element) => nameOf(element).startsWith(field)) ??
    null
  );
}

/** The samples of words: ids of files are nothing that a bubble could show. */
function textValues(definition: TemplateDefinition): Readonly<Record<string, string>> {
  const { examples } = shapeOf(definition);
  return Object.fromEntries(Object.entries(examples).filter(([key]) => !key.endsWith(".media")));
}
