import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";

/** Shows that a text which cannot be sent now is not lost, and lets it be read and copied. */
export function KeptDraft({ text }: { readonly text: string }): ReactNode {
  const { t } = useWords();
  if (text.trim() === "") return null;
  return (
    <details className="text-sm text-muted">
      <summary className="min-h-6 rounded-sm">{t("template.text_kept")}</summary>
      <p dir="auto" className="max-h-20 overflow-y-auto wrap-anywhere whitespace-pre-wrap text-text">
        {text}
      </p>
    </details>
  );
}
