import { rowOutcomes, type ImportView, type RowOutcome, type RowReason } from "@aparte/core/consent-import.ts";
import type { WordKey } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { CircleCheck, CircleMinus, CircleX, Copy, Hourglass } from "lucide-react";
import type { ReactNode } from "react";

const signs = {
  recorded: CircleCheck,
  duplicate: Copy,
  kept_opted_out: CircleMinus,
  quarantined: Hourglass,
  refused: CircleX,
} as const satisfies Readonly<Record<RowOutcome, unknown>>;

/** What becomes, or became, of the rows; and why some gave nothing. */
export function ImportCounts({ view }: { readonly view: ImportView }): ReactNode {
  const { t, locale } = useWords();
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const problems = Object.entries(view.problems).toSorted(([, a], [, b]) => b - a) as [RowReason, number][];
  const shown = rowOutcomes.filter((outcome) => outcome !== "quarantined" || view.kind === "consents");
  return (
    <>
      <dl className="grid gap-2 sm:grid-cols-2 xl:grid-cols-5">
        {shown.map((outcome) => {
          const Sign = signs[outcome];
          return (
            <div key={outcome} className="forced-edge flex flex-col rounded border border-line px-3 py-2">
              <dt className="flex items-center gap-1.5 text-sm text-muted">
                <Sign aria-hidden="true" size={14} className="shrink-0" />
                {t(outcomeWord(view, outcome))}
              </dt>
              <dd className="text-xl font-semibold tabular-nums">{count(view.counts[outcome])}</dd>
            </div>
          );
        })}
      </dl>
      {problems.length > 0 ? (
        <div className="flex flex-col gap-1">
          <h3 className="font-semibold">{t("console.lists.problems")}</h3>
          <ul className="flex flex-col gap-1">
            {problems.map(([reason, rows]) => (
              <li key={reason} className="flex gap-3">
                <span className="min-w-12 shrink-0 text-end font-semibold tabular-nums">{count(rows)}</span>
                <span>{t(`console.import.reason.${reason}`)}</span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  );
}

/** What a row of this file became. */
export function outcomeWord({ kind }: Pick<ImportView, "kind">, outcome: RowOutcome): WordKey {
  return outcome === "recorded" ? `console.lists.outcome_recorded_${kind}` : `console.lists.outcome_${outcome}`;
}
