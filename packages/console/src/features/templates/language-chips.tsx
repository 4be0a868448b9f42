import type { TemplateView } from "@aparte/core/template.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { clsx } from "clsx";
import type { ReactNode } from "react";

const chip = "inline-flex items-center rounded-full border px-2 text-xs";

/** So many chips fit beside a name; the others are counted. */
const shownChips = 3;

/** The languages of a template, in the table. */
export function LanguageChips({ languages }: { readonly languages: readonly string[] }): ReactNode {
  const { locale } = useWords();
  return (
    <span className="flex gap-1">
      {languages.slice(0, shownChips).map((language) => (
        <span key={language} title={languageName(language, locale)} className={clsx(chip, "border-line py-px")}>
          {language}
        </span>
      ))}
      {languages.length > shownChips ? (
        <span title={languages.join(", ")} className={clsx(chip, "border-transparent py-px text-muted")}>
          +{languages.length - shownChips}
        </span>
      ) : null}
    </span>
  );
}

/** The same languages to choose from, beside the preview. */
export function LanguageChoice(props: {
  readonly variants: readonly TemplateView[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const { t, locale } = useWords();
  return (
    <div role="group" aria-label={t("template.language")} className="flex flex-wrap gap-1.5">
      {props.variants.map(({ id, language }) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === props.chosen}
          onClick={() => props.onChoose(id)}
          className={clsx(
            chip,
            "min-h-6 border-edge hover:bg-veil",
            id === props.chosen && "bg-brand font-semibold text-on-brand hover:brightness-110",
          )}
        >
          {languageName(language, locale)}
        </button>
      ))}
    </div>
  );
}

/** Meta's code of a language ("pt_BR") in the reader's words ("Brazilian Portuguese"); the code when nobody knows it. */
export function languageName(code: string, locale: string): string {
  return new Intl.DisplayNames([locale], { type: "language" }).of(code.replaceAll("_", "-")) ?? code;
}
