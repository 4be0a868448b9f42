import type { ImportView, SampleRow } from "@aparte/core/consent-import.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Eye } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { ImportCounts, outcomeWord } from "./import-counts.tsx";

/** What the file would do: how many rows of each kind, and some of them as they came. */
export function ImportPreview({ view }: { readonly view: ImportView }): ReactNode {
  const { t } = useWords();
  return (
    <Card id="preview" title={t("console.lists.preview")} icon={<Eye aria-hidden="true" size={18} />}>
      <p className="max-w-prose text-muted">{t("console.lists.preview_text")}</p>
      <ImportCounts view={view} />
      {view.sample.length > 0 ? <Sample view={view} /> : null}
    </Card>
  );
}

function Sample({ view }: { readonly view: ImportView }): ReactNode {
  const { t } = useWords();
  const width = Math.max(view.columns.length, ...view.sample.map(({ cells }) => cells.length));
  const columns = Array.from(
    { length: width },
    (_, at) => view.columns[at] || t("console.import.column", { number: at + 1 }),
  );
  return (
    // Wide tables scroll by themselves; the keyboard reaches them as well.
    <div
      role="region"
      aria-label={t("console.lists.sample")}
      tabIndex={0}
      className="max-h-96 overflow-auto rounded border border-line"
    >
      <table className="w-full border-collapse text-start text-sm">
        <caption className="sr-only">{t("console.lists.sample")}</caption>
        <thead className="text-muted">
          <tr className="border-b border-line">
            {[t("console.import.line"), t("console.lists.becomes"), ...columns].map((name, place) => (
              <th key={place} scope="col" className="px-2.5 py-1.5 text-start font-normal whitespace-nowrap">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.sample.map((row) => (
            <SampleLine key={row.line} view={view} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SampleLine(props: {
  readonly view: ImportView;
  readonly row: SampleRow;
  readonly columns: readonly string[];
}): ReactNode {
  const { t } = useWords();
  const { view, row, columns } = props;
  return (
    <tr className="border-b border-line align-top last:border-b-0">
      <th scope="row" className="px-2.5 py-1.5 text-start font-normal tabular-nums">
        {row.line}
      </th>
      <td className="min-w-48 px-2.5 py-1.5">
        <span className="font-semibold">{t(outcomeWord(view, row.outcome))}</span>
        {row.reasons.map((reason) => (
          <span key={reason} className="block text-muted">
            {t(`console.import.reason.${reason}`)}
          </span>
        ))}
      </td>
      {columns.map((_, place) => (
        <td key={place} className="max-w-64 min-w-24 px-2.5 py-1.5" dir="auto">
          <span className="line-clamp-3 wrap-break-word">{row.cells[place]}</span>
        </td>
      ))}
    </tr>
  );
}
