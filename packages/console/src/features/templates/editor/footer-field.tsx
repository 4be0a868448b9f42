import { templateLimits } from "@aparte/core/template-limits.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { TextInput } from "@aparte/ui/field.tsx";
import type { ReactNode } from "react";
import { Counter } from "../../../layout/counter.tsx";
import { CheckedField } from "./checked-field.tsx";
import { useEditor } from "./editor-context.tsx";

/** Small words below the text. Empty means none. */
export function FooterField(): ReactNode {
  const { t } = useWords();
  const { definition, change } = useEditor();
  const text = definition.footer ?? "";
  const optOut = definition.language.startsWith("fr")
    ? "Répondez STOP pour ne plus rien recevoir"
    : "Reply STOP to opt out";
  return (
    <div className="flex flex-col items-start gap-1">
      <div className="w-full">
        <CheckedField
          field="footer"
          label={
            <>
              {t("console.templates.edit_footer")} <Counter text={text} limit={templateLimits.footer} />
            </>
          }
        >
          {(control) => (
            <TextInput
              {...control}
              dir="auto"
              value={text}
              onChange={(event) => change({ footer: event.target.value === "" ? null : event.target.value })}
            />
          )}
        </CheckedField>
      </div>
      {definition.category === "MARKETING" && text === "" ? (
        <Button tone="link" onClick={() => change({ footer: optOut })}>
          {t("console.templates.footer_opt_out", { words: optOut })}
        </Button>
      ) : null}
    </div>
  );
}
