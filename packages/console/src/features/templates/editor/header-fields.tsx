import { headerMediaKinds } from "@aparte/core/template.ts";
import { templateLimits } from "@aparte/core/template-limits.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Select, TextInput } from "@aparte/ui/field.tsx";
import type { ReactNode } from "react";
import { Counter } from "../../../layout/counter.tsx";
import { CheckedField } from "./checked-field.tsx";
import { useEditor } from "./editor-context.tsx";

const kinds = ["NONE", "TEXT", ...headerMediaKinds] as const;

/** What stands above the text: nothing, words, a file or a place. */
export function HeaderFields(): ReactNode {
  const { t } = useWords();
  const { definition, change } = useEditor();
  const { header } = definition;
  const chosen = header === null ? "NONE" : header.type === "text" ? "TEXT" : header.media;
  const choose = (value: string): void => {
    const media = headerMediaKinds.find((kind) => kind === value);
    if (media) change({ header: { type: "media", media } });
    else change({ header: value === "TEXT" ? { type: "text", text: "" } : null });
  };
  return (
    <div className="grid gap-3 sm:grid-cols-[minmax(140px,200px)_minmax(0,1fr)]">
      <CheckedField
        field={header?.type === "text" ? "header_kind" : "header"}
        label={t("console.templates.edit_header")}
      >
        {(control) => (
          <Select {...control} value={chosen} onChange={(event) => choose(event.target.value)}>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`console.templates.header_${kind}`)}
              </option>
            ))}
          </Select>
        )}
      </CheckedField>
      {header?.type === "text" ? (
        <CheckedField
          field="header"
          label={
            <>
              {t("console.templates.edit_header_text")} <Counter text={header.text} limit={templateLimits.header} />
            </>
          }
        >
          {(control) => (
            <TextInput
              {...control}
              value={header.text}
              onChange={(event) => change({ header: { type: "text", text: event.target.value } })}
            />
          )}
        </CheckedField>
      ) : null}
    </div>
  );
}
