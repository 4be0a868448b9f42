import type { LintFinding } from "@aparte/core/template-lint.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { findingWords, placeWords } from "./finding-words.ts";

/** Everything the checks say, mistakes first; each leads to its field. */
export function ChecksList(props: {
  readonly findings: readonly LintFinding[];
  readonly onGo: (field: string) => void;
}): ReactNode {
  const words = useWords();
  const { t } = words;
  const { findings, onGo } = props;
  return (
    <section aria-labelledby="checks" className="flex flex-col gap-2">
      <h2 id="checks" className="font-semibold">
        {t("console.templates.checks")}
      </h2>
      {findings.length === 0 ? (
        <p className="flex items-center gap-2">
          <CircleCheck aria-hidden="true" size={16} className="text-live" />
          {t("console.templates.checks_clean")}
        </p>
      ) : null}
      <ul className="flex flex-col gap-1.5">
        {findings.map((finding) => {
          const bad = finding.severity === "error";
          const Sign = bad ? CircleX : TriangleAlert;
          const place = placeWords(finding, words);
          return (
            <li key={`${finding.rule} ${finding.field}`} className="flex gap-2 text-sm">
              <Sign
                role="img"
                aria-label={t(bad ? "console.templates.check_error" : "console.templates.check_warning")}
                size={16}
                className={bad ? "mt-0.5 shrink-0 text-error" : "mt-0.5 shrink-0 text-on-warning"}
              />
              <button
                type="button"
                onClick={() => onGo(finding.field)}
                className="min-h-6 text-start underline-offset-2 hover:underline"
              >
                {place === "" ? null : <span className="font-semibold">{place}: </span>}
                {findingWords(finding, words)}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
