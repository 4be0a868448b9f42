import { variableLabel } from "@aparte/chat/template-values.ts";
import type { TemplateVariable } from "@aparte/core/template-variables.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";

/** "first_name", "1 (heading)", "1 (button 2)", "Card 1: image". */
export function useSampleName({ part, name, button, card, kind }: TemplateVariable): string {
  const { t } = useWords();
  const shown = kind === "file" ? t("console.templates.sample_file") : (variableLabel(name) ?? `{{${name}}}`);
  const placed =
    part === "button"
      ? t("console.templates.sample_in_button", { name: shown, number: (button ?? 0) + 1 })
      : part === "header" && kind === "text"
        ? t("template.value_in_header", { name: shown })
        : shown;
  return card === null ? placed : `${t("console.templates.card", { number: card + 1 })}: ${placed}`;
}
