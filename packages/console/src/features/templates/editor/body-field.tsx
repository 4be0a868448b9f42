import { templateLimits } from "@aparte/core/template-limits.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { TextArea } from "@aparte/ui/field.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { Menu } from "@aparte/ui/menu.tsx";
import { Bold, Braces, Code, Italic, Strikethrough } from "lucide-react";
import { useRef, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { Counter } from "../../../layout/counter.tsx";
import { CheckedField } from "./checked-field.tsx";
import { useEditor } from "./editor-context.tsx";
import { insert, nextVariable, wrap, type Selected } from "./text-edits.ts";

/** Marks of WhatsApp's own formatting. */
const marks = [
  { mark: "*", word: "console.templates.format_bold", icon: Bold },
  { mark: "_", word: "console.templates.format_italic", icon: Italic },
  { mark: "~", word: "console.templates.format_strike", icon: Strikethrough },
  { mark: "`", word: "console.templates.format_code", icon: Code },
] as const;

/** Names that fill themselves from the CRM when they are used. */
const commonNames = ["first_name", "last_name", "company", "date", "time", "amount", "order_number"];

/** The text of the message, or of one card of a carousel. */
export function BodyField(props: {
  readonly field: string;
  readonly label: string;
  readonly text: string;
  readonly limit: number;
  readonly onChange: (text: string) => void;
}): ReactNode {
  const area = useRef<HTMLTextAreaElement>(null);
  const { field, label, text, limit, onChange } = props;
  const apply = (edit: (selected: Selected) => Selected): void => {
    const element = area.current;
    if (element === null) return;
    const { text: changed, start, end } = edit({ text, start: element.selectionStart, end: element.selectionEnd });
    flushSync(() => onChange(changed));
    element.focus();
    element.setSelectionRange(start, end);
  };
  return (
    <div className="flex flex-col gap-1">
      <CheckedField
        field={field}
        label={
          <>
            {label} <Counter text={text} limit={limit} />
          </>
        }
      >
        {(control) => (
          <TextArea
            {...control}
            ref={area}
            dir="auto"
            className="max-h-96 min-h-28"
            value={text}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </CheckedField>
      <Toolbar apply={apply} />
    </div>
  );
}

function Toolbar({ apply }: { readonly apply: (edit: (selected: Selected) => Selected) => void }): ReactNode {
  const { t } = useWords();
  const { definition } = useEditor();
  const numbered = definition.parameterFormat === "POSITIONAL";
  const add = (name: string): void => apply((selected) => insert(selected, `{{${name}}}`));
  return (
    <div role="group" aria-label={t("console.templates.format")} className="flex flex-wrap items-center gap-0.5">
      {marks.map(({ mark, word, icon: Icon }) => (
        <IconButton key={mark} label={t(word)} onClick={() => apply((selected) => wrap(selected, mark))}>
          <Icon aria-hidden="true" size={16} />
        </IconButton>
      ))}
      <Menu
        trigger={
          <>
            <Braces aria-hidden="true" size={16} /> {t("console.templates.variable_add")}
          </>
        }
        triggerLabel={t("console.templates.variable_add")}
        triggerClass="inline-flex min-h-8 items-center gap-1.5 rounded px-2 font-semibold hover:bg-veil"
        label={t("console.templates.variable_add")}
        items={(numbered
          ? [nextVariable(definition.body)]
          : [...commonNames, nextVariable(definition.body, "value")]
        ).map((name) => ({ key: name, label: <code>{`{{${name}}}`}</code>, onChoose: () => add(name) }))}
        note={t("console.templates.variable_note")}
      />
    </div>
  );
}

/** The text under a template itself. */
export function MainBodyField(): ReactNode {
  const { t } = useWords();
  const { definition, change } = useEditor();
  return (
    <BodyField
      field="body"
      label={t("console.templates.edit_body")}
      text={definition.body}
      limit={definition.offer ? templateLimits.offerBody : templateLimits.body}
      onChange={(body) => change({ body })}
    />
  );
}
